import { removeEntry } from '../edits/remove-entry';
import { bindingOfName, partsOf } from '../edits/syntax-search';
import { memoOf } from '../eval/computed';
import type { ParsedFiles } from '../eval/evaluation';
import { piecewise } from '../eval/pieces';
import { attempt } from '../eval/thunk';
import type { Origin } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { knowsTraefik } from '../homelab/proxies/traefik-certainty';
import {
  definitionOf,
  hasOtherProviders,
  runningTraefiks,
  usesOf,
  type Protocol,
} from '../homelab/proxies/traefik-names';
import { PROTOCOLS, type Traefik } from '../homelab/proxies/traefik-settings';
import { fieldOf, setOf } from '../homelab/read';
import type { SourceFile } from '../nix/source-file';
import type { ValueBinding } from '../nix/syntax';
import { fixOf } from './places';
import { finding, type Checked, type Files, type Finding, type Rule } from './rule';

/** What the rules about services and middlewares that nobody uses have in common. */

type Kind = 'service' | 'middleware';

interface Unused {
  readonly kind: Kind;
  readonly protocol: Protocol;
  readonly name: string;
  readonly traefik: Traefik;
}

const unusedIn = memoOf(
  (traefik: Traefik): readonly Unused[] => {
    const { items, open } = usesOf(traefik);
    if (open !== null || hasOtherProviders(traefik)) return [];
    const used = new Set(items.map(({ kind, protocol, name }) => `${kind} ${protocol} ${name}`));
    return PROTOCOLS.flatMap((protocol) =>
      (['service', 'middleware'] as const).flatMap((kind) =>
        namesOf(traefik, protocol, kind)
          .filter((name) => !used.has(`${kind} ${protocol} ${name}`))
          .map((name) => ({ kind, protocol, name, traefik })),
      ),
    );
  },
  (before, after) =>
    before.length === after.length &&
    before.every(
      ({ kind, protocol, name }, index) =>
        kind === after[index]?.kind && protocol === after[index].protocol && name === after[index].name,
    ),
);

function namesOf({ dynamic }: Traefik, protocol: Protocol, kind: Kind): readonly string[] {
  const section = setOf(fieldOf(setOf(fieldOf(dynamic, protocol)), `${kind}s`));
  const names = section === undefined ? [] : attempt(() => [...section.entries.keys()]);
  return Array.isArray(names) ? names : [];
}

/** What the repository's texts name as Traefik's file has it, such as labels of images, which this tool does not read. */
const namedInTexts = piecewise(
  (files: ParsedFiles) => files.nixFiles(),
  (path, files) =>
    [...(files.parsed(path)?.text ?? '').matchAll(/([\w.-]+)@file\b/g)].map(([, name = '']) => name),
);

/** The sections that Traefik refuses when they are empty. */
const SECTIONS = ['services', 'middlewares', 'http', 'tcp', 'udp'];

/** Finds what Traefiks define and nothing names, on no host that has it. */
export function* unusedNames(
  rule: Pick<Rule, 'id' | 'severity' | 'tags'>,
  kind: Kind,
  homelab: Checked,
): Generator<Finding> {
  for (const host of homelab.hosts) {
    for (const { kind: own, protocol, name, traefik } of unusedOn(host)) {
      const attr = own === kind ? definitionOf(traefik, kind, protocol, name) : undefined;
      const at = attr === undefined ? null : locate(homelab, attr.at);
      if (attr === undefined || at === null || !isWrittenIn(homelab, attr.at, `${kind}s`)) continue;
      if (namedInTexts(homelab.files).includes(name)) continue;
      if (homelab.hosts.some((other) => other !== host && isUsedOn(other, attr.at, kind, protocol, name)))
        continue;
      yield finding(rule, {
        at,
        host,
        message: `Nothing uses the ${kind} ${name}: no ${kind === 'service' ? 'router or service' : 'router, entry point or chain'} of this Traefik names it.`,
        fixes: [fixOf(`Remove ${name}`, removeEntry(homelab.files, name, attr, SECTIONS))],
        incomplete: true,
      });
    }
  }
}

function unusedOn(host: Host): readonly Unused[] {
  return runningTraefiks(host).flatMap((traefik) => (knowsTraefik(host, traefik) ? unusedIn(traefik) : []));
}

/** Whether a host has what is written at a place, and may use it. */
function isUsedOn(host: Host, at: Origin, kind: Kind, protocol: Protocol, name: string): boolean {
  const unused = unusedOn(host);
  return runningTraefiks(host).some(
    (traefik) =>
      definitionOf(traefik, kind, protocol, name)?.at === at &&
      !unused.some(
        (own) =>
          own.traefik === traefik && own.kind === kind && own.protocol === protocol && own.name === name,
      ),
  );
}

/** Whether a name is written out in the section it stands in, and not put there by a function or a variable. */
function isWrittenIn({ files }: Files, at: Origin, section: string): boolean {
  const file = at === null ? null : files.parsed(at.anchor.source);
  const binding = file === null ? null : bindingOfName(file, at);
  if (file === null || binding === null) return false;
  const index = binding.path.findIndex((name) => name === at);
  const around = index > 0 ? binding : parentOf(file, binding);
  const before = index > 0 ? index - 1 : (around?.path.length ?? 0) - 1;
  return around?.path[before]?.text?.toLowerCase() === section;
}

/** The binding of the set in which a binding stands. */
function parentOf(file: SourceFile, inner: ValueBinding): ValueBinding | undefined {
  return partsOf(file).bindings.find(({ value }) => value.kind === 'attrs' && value.bindings.includes(inner));
}
