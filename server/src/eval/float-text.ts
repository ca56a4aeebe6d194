/** Floats as Nix writes them; each place has a format of its own. */

/** As `nix-instantiate --eval` prints them: C++'s default stream format, six significant digits. */
export function printedFloat(value: number): string {
  if (!Number.isFinite(value)) return specialFloat(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponentText = '0'] = value.toExponential(5).split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) return `${trimZeros(digits)}e${signedExponent(exponent)}`;
  return trimZeros(value.toFixed(5 - exponent));
}

/** As `toString` writes them: C's `%f`. */
export function fixedFloat(value: number): string {
  if (!Number.isFinite(value)) return specialFloat(value);
  if (Math.abs(value) >= 1e21) return `${BigInt(value).toString()}.000000`;
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const fraction = size % 1;
  // Only odd multiples of 1/128 lie halfway between two texts; C then takes the even one, JavaScript the larger.
  if ((fraction * 128) % 2 !== 1) return sign + size.toFixed(6);
  const below = Math.floor(fraction * 1e6);
  return `${sign}${Math.trunc(size)}.${(below + (below % 2)).toString().padStart(6, '0')}`;
}

/** As `toJSON` writes them: the shortest digits that read back the same, in nlohmann::json's layout. */
export function jsonFloat(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const sign = value < 0 ? '-' : '';
  const [mantissa = '', exponentText = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponentText) + 1;
  if (digits.length <= point && point <= 15) return `${sign}${digits.padEnd(point, '0')}.0`;
  if (0 < point && point <= 15) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  if (-4 < point && point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const fraction = digits.length === 1 ? '' : `.${digits.slice(1)}`;
  return `${sign}${digits.slice(0, 1)}${fraction}e${signedExponent(point - 1)}`;
}

function specialFloat(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function signedExponent(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${Math.abs(exponent).toString().padStart(2, '0')}`;
}
