import { attr, attrs, string } from './construct';
import type { Evaluation } from './evaluation';
import { apply } from './interpret';
import { namedArguments, type ModuleInput } from './modules/collect';
import { nixpkgsInput } from './nixos';
import { attempt, inspect, lazily, ready, type Thunk } from './thunk';
import { fail, Failure, Unknown, type Attr, type AttrsValue, type Value } from './value';

/** A flake of the repository, evaluated without fetching anything: inputs are unknown, apart from nixpkgs' `lib`. */
export interface Flake {
  /** The folder that holds it. */
  readonly directory: string;
  readonly file: string;
  /** What its `outputs` function returns. */
  readonly outputs: Thunk;
}

/** Evaluates the `flake.nix` of a folder, lazily. `base` declares the options known without nixpkgs. */
export function evaluateFlake(
  evaluation: Evaluation,
  directory: string,
  base: readonly ModuleInput[],
): Flake {
  const file = `${directory === '/' ? '' : directory}/flake.nix`;
  const flake = evaluation.fileThunk(file, null);
  const outputs: Thunk = lazily(() => {
    const set = flake.force();
    if (set.type !== 'attrs') return fail('type', `${file} is not a set`, set.origin);
    const outputsFn = set.entries.get('outputs')?.value.force();
    if (outputsFn === undefined) return fail('missing', `${file} has no attribute 'outputs'`, set.origin);
    const inputs = inputsOf(set, outputsFn, base);
    inputs.set('self', attr(lazily(() => selfOf(directory, outputs, inputs))));
    return apply(outputsFn, ready(attrs(inputs)), outputsFn.origin, evaluation);
  });
  return { directory, file, outputs };
}

function inputsOf(flake: AttrsValue, outputsFn: Value, base: readonly ModuleInput[]): Map<string, Attr> {
  const inputs = new Map<string, Attr>();
  const declared = flake.entries.get('inputs');
  const set = declared === undefined ? null : inspect(declared.value);
  if (set !== null && !(set instanceof Unknown) && !(set instanceof Failure) && set.type === 'attrs') {
    for (const [name, { value, at }] of set.entries)
      inputs.set(name, { value: inputValue(name, urlOf(value), base), at, maybe: null });
  }
  for (const name of namedArguments(outputsFn).keys()) {
    if (name !== 'self' && !inputs.has(name)) inputs.set(name, attr(inputValue(name, null, base)));
  }
  return inputs;
}

function urlOf(input: Thunk): string | null {
  const value = attempt(() => {
    const set = input.force();
    return set.type === 'attrs' ? (set.entries.get('url')?.value.force() ?? null) : null;
  });
  return value instanceof Unknown || value instanceof Failure || value?.type !== 'string' ? null : value.text;
}

function inputValue(name: string, url: string | null, base: readonly ModuleInput[]): Thunk {
  if (isNixpkgs(name, url)) return lazily(() => nixpkgsInput(base));
  return ready(new Unknown('external', `the input \`${name}\` comes from outside the repository`));
}

/** By what people call it, or by where it comes from: `nixpkgs/nixos-25.05`, `github:NixOS/nixpkgs/…`. */
function isNixpkgs(name: string, url: string | null): boolean {
  if (url !== null) return /(?:^|[/:])nixpkgs(?:$|[/?#])/i.test(url);
  return name === 'nixpkgs';
}

/** `self`: the flake's folder and outputs. What a commit would tell about it is not known. */
function selfOf(directory: string, outputs: Thunk, inputs: ReadonlyMap<string, Attr>): Value {
  const result = inspect(outputs);
  const own =
    result instanceof Unknown || result instanceof Failure || result.type !== 'attrs' ? null : result;
  const entries = new Map<string, Attr>(own?.entries ?? []);
  entries.set('outPath', attr(ready(string(directory))));
  entries.set('inputs', attr(ready(attrs(inputs))));
  if (own !== null) entries.set('outputs', attr(ready(own)));
  const reason =
    result instanceof Unknown
      ? result
      : new Unknown('external', 'what a commit tells about `self` is not in the repository');
  return attrs(entries, null, reason);
}
