/** The value that occurs most often, the first of those that occur equally often; undefined without values. */
export function mostCommon<T>(
  values: Iterable<T>,
  keyOf: (value: T) => unknown = (value) => value,
): T | undefined {
  const counts = new Map<unknown, { value: T; count: number }>();
  for (const value of values) {
    const key = keyOf(value);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { value, count: 1 });
    else known.count++;
  }
  let best: { value: T; count: number } | undefined;
  for (const entry of counts.values()) if (best === undefined || entry.count > best.count) best = entry;
  return best?.value;
}

/** Whether more than half of the values are true. */
export function most(values: readonly boolean[]): boolean {
  return values.filter(Boolean).length * 2 > values.length;
}
