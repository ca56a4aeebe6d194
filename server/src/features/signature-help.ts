import type {
  MarkupKind,
  ParameterInformation,
  SignatureHelp,
  SignatureInformation,
} from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import { isSpelling, matchersOf, type Matcher, type RuleProtocol } from '../homelab/traefik-matchers';
import { ruleTokens, type RuleToken } from '../homelab/traefik-rule-tokens';
import type { SourceFile } from '../nix/source-file';
import { HOLE } from '../nix/string-text';
import { traefikNode } from '../schema/traefik/tree';
import { libCallAt } from './call-at';
import { cursorContext } from './cursor-context';
import type { Frame } from './cursor/frames';
import { traefikPlace } from './cursor/place';
import { scanBefore } from './cursor/scan';
import { indexOf, type HomelabIndex } from './homelab-index';
import { markup, withCode, type Inline } from './markdown';
import { rulesVersion } from './rules-version';

/** What opens the help, and what moves it on to the next argument. */
export const SIGNATURE_TRIGGERS = ['(', ',', '`', ' '] as const;

/** A function in words, with the argument that is being written. */
interface Signature {
  readonly name: string;
  readonly description: readonly Inline[];
  readonly parameters: readonly { readonly name: string; readonly description: readonly Inline[] }[];
  readonly active: number;
  readonly written: 'nix' | 'rule';
}

/**
 * What the function or the matcher that a place is an argument of takes: matchers inside Traefik's rules, functions of
 * `lib` elsewhere. Null where it is neither.
 * @param offset UTF-16, from 0
 */
export function signatureHelp(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  kind: MarkupKind,
): SignatureHelp | null {
  const index = indexOf(homelab);
  const { frames, inComment } = scanBefore(file.text, offset, file.errors.length > 0);
  if (inComment) return null;
  const signature =
    frames.at(-1)?.kind === 'string'
      ? matcherAt(index, file, offset)
      : functionAt(index, file, offset, frames);
  if (signature === null) return null;
  return {
    signatures: [inWords(signature, kind)],
    activeSignature: 0,
    activeParameter: signature.active,
  };
}

function functionAt(
  index: HomelabIndex,
  file: SourceFile,
  offset: number,
  frames: readonly Frame[],
): Signature | null {
  const call = libCallAt(index, file, offset, frames);
  if (call === null) return null;
  const { name, description, parameters } = call.fn;
  return {
    name,
    description: withCode(description),
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      description: withCode(parameter.description),
    })),
    active: call.argument,
    written: 'nix',
  };
}

const RULES: ReadonlyMap<string, RuleProtocol> = new Map([
  ['http.routers.<name>.rule', 'http'],
  ['tcp.routers.<name>.rule', 'tcp'],
]);

function matcherAt(index: HomelabIndex, file: SourceFile, offset: number): Signature | null {
  const context = cursorContext(index, file, offset);
  const place = context.kind === 'string' ? traefikPlace(context.path) : null;
  if (context.kind !== 'string' || place === null) return null;
  const below = place.below.map((name) => name?.toLowerCase() ?? 'x');
  const protocol = RULES.get(traefikNode(place.part, below)?.path ?? '');
  if (protocol === undefined) return null;
  const before = file.text.slice(context.content.start, offset).replace(/\$\{[^{}]*\}/g, HOLE);
  const call = openCall(ruleTokens(before));
  if (call === null) return null;
  const hosts = index.hostsOf(file.path);
  const version = rulesVersion(index, hosts, place);
  const matcher = matchersOf(protocol, version).find(({ name }) => isSpelling(call.name, name));
  return matcher === undefined ? null : ofMatcher(matcher, call.argument);
}

function ofMatcher(
  { name, parameters, counts, description, example }: Matcher,
  argument: number,
): Signature | null {
  const most = counts === null ? Infinity : Math.max(...counts);
  if (argument >= most) return null;
  const least = counts === null ? 1 : Math.min(...counts);
  return {
    name,
    description: withCode(description),
    parameters: [
      ...parameters.map((parameter, at) => ({
        name: `\`${parameter}\``,
        description: [
          ...(at >= least ? ['May be left out. '] : []),
          'For example ',
          { code: example[at] ?? example[0] ?? '' },
          '.',
        ],
      })),
      ...(counts === null ? [{ name: '…', description: ['Any of several: one is enough.'] }] : []),
    ],
    active: counts === null && argument >= parameters.length ? parameters.length : argument,
    written: 'rule',
  };
}

/** The matcher whose argument list is open at the end of a text, and how many arguments are complete. */
function openCall(tokens: readonly RuleToken[]): { name: string; argument: number } | null {
  let argument = 0;
  let depth = 0;
  for (let at = tokens.length - 1; at > 0; at--) {
    const { text, kind } = tokens[at] as RuleToken;
    if (kind !== 'sign') continue;
    if (text === ')') depth++;
    else if (text === ',' && depth === 0) argument++;
    else if (text === '(' && --depth < 0) {
      const before = tokens[at - 1];
      return before?.kind === 'name' ? { name: before.text, argument } : null;
    }
  }
  return null;
}

function inWords(
  { name, description, parameters, active, written }: Signature,
  kind: MarkupKind,
): SignatureInformation {
  let label = written === 'nix' ? name : `${name}(`;
  const shown = parameters.map((parameter, at): ParameterInformation => {
    label += written === 'nix' ? ' ' : at === 0 ? '' : ', ';
    const start = label.length;
    label += parameter.name;
    return {
      label: [start, label.length],
      documentation: markup([{ pieces: parameter.description }], kind),
    };
  });
  return {
    label: written === 'nix' ? label : `${label})`,
    documentation: markup([{ pieces: description }], kind),
    parameters: shown,
    activeParameter: active,
  };
}
