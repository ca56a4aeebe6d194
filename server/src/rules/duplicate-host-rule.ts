import { memoOf, sameItems } from '../eval/computed';
import { piecewise } from '../eval/pieces';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { hostsOfRule } from '../homelab/proxies/rule-hosts';
import {
  canonicalRuleOf,
  hasField,
  hasTlsAt,
  priorityOf,
  routersOf,
  sharedEntryPoints,
  type Router,
} from '../homelab/proxies/traefik-routers';
import { unimportedRouters, type UnimportedRouter } from '../homelab/proxies/unimported-routers';
import type { Spot } from '../homelab/spot';
import { inParentheses, listed } from './places';
import { fileName, finding, related, type Files, type Finding } from './rule';
import { perHost } from './scopes';

/** Two routers that ask for the same requests: one of them answers none. */
export const duplicateHostRule = perHost({
  id: 'duplicate-host-rule',
  severity: 'error',
  description: 'Two routers of a Traefik have the same rule at the same entry point.',
  *look(homelab, host) {
    for (const { routers, entryPoints } of clashes(host)) {
      for (const router of routers) yield* report(homelab, host, router, { routers, entryPoints });
    }
    for (const router of unimportedRouters(host)) yield* hint(homelab, host, router);
  },
});

/** Routers that nothing separates, and the entry points they share. */
interface Clash {
  readonly routers: readonly Router[];
  readonly entryPoints: readonly string[];
}

const clashes = memoOf((host: Host): readonly Clash[] => {
  const found: Clash[] = [];
  for (const group of groupsOf(host).values()) {
    const meeting = group.filter((router) =>
      group.some((other) => other !== router && meet(router, other).length > 0),
    );
    const [first, second] = meeting;
    if (first === undefined || second === undefined) continue;
    found.push({ routers: meeting, entryPoints: meet(first, second) });
  }
  return found;
});

const keyedRouters = piecewise(
  (host: Host) => [...routersOf(host).values()],
  (router) => {
    const key = keyOf(router);
    return key === null ? [] : [{ key, router }];
  },
);

/** The routers of a host by what they ask for. */
const groupsOf = memoOf(
  (host: Host): ReadonlyMap<string, readonly Router[]> => {
    const groups = new Map<string, Router[]>();
    for (const { key, router } of keyedRouters(host)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [router]);
      else group.push(router);
    }
    return groups;
  },
  (before, after) =>
    before.size === after.size && [...before].every(([key, group]) => sameItems(group, after.get(key) ?? [])),
);

function keyOf(router: Router): string | null {
  const { traefik, protocol } = router;
  const canonical = canonicalRuleOf(router);
  return canonical === null ? null : `${traefik.container ?? ''}\0${protocol}\0${canonical}`;
}

/** The entry points at which nothing separates two routers of the same rule. */
function meet(one: Router, other: Router): readonly string[] {
  if (hasField(one.fields, 'parentRefs') !== false || hasField(other.fields, 'parentRefs') !== false)
    return [];
  const [priority, others] = [priorityOf(one), priorityOf(other)];
  if (priority === null || priority !== others) return [];
  return sharedEntryPoints(one, other).filter((name) => {
    const tls = hasTlsAt(one, name);
    return tls !== 'unknown' && tls === hasTlsAt(other, name);
  });
}

function* report(homelab: Files, host: Host, router: Router, clash: Clash): Generator<Finding> {
  const others = clash.routers.filter((other) => other !== router);
  const [first] = others;
  if (first === undefined) return;
  const at = spotOf(homelab, router, others);
  if (at === null) return;
  const also = others.map((other) => `${other.name}${inParentheses(homelab, host, other.at)}`);
  yield finding(duplicateHostRule, {
    at,
    host,
    message: `${subject(router)} goes to router ${listed(also)} too: same rule${where(clash.entryPoints)}. Traefik asks only one of them. Give ${router.name} another ${hostsOf(router).length > 0 ? 'host name' : 'rule'}, or a \`priority\`.`,
    related: others.map((other) => related(homelab, ruleAt(other), `rule of router ${other.name}`)),
  });
  const imported = importOf(homelab, host, router);
  if (imported === null || others.every((other) => other.at?.anchor.source === router.at?.anchor.source))
    return;
  yield finding(duplicateHostRule, {
    at: imported,
    host,
    severity: 'information',
    message: `This module brings router ${router.name}, which has the same rule as router ${listed(also)}: ${subject(router)}.`,
    related: [router, ...others].map((each) => related(homelab, ruleAt(each), `rule of router ${each.name}`)),
  });
}

/** On a module that nobody imports: what it would clash with. */
function* hint(homelab: Files, host: Host, router: UnimportedRouter): Generator<Finding> {
  const key = keyOf(router);
  const others =
    key === null ? [] : (groupsOf(host).get(key) ?? []).filter((other) => meet(router, other).length > 0);
  const [first] = others;
  const at = locate(homelab, ruleAt(router));
  if (first === undefined || at === null) return;
  yield finding(duplicateHostRule, {
    at,
    host,
    severity: 'hint',
    message: `${subject(router)} goes to router ${first.name}${inParentheses(homelab, host, first.at)} already: this one would clash with it if ${fileName(router.module.file, host)} were imported. Now ${router.module.because}.`,
    related: others.map((other) => related(homelab, ruleAt(other), `rule of router ${other.name}`)),
  });
}

function hostsOf({ rule }: Router): readonly string[] {
  return rule.kind === 'known' ? hostsOfRule(rule.value) : [];
}

function subject(router: Router): string {
  const hosts = hostsOf(router);
  if (hosts.length > 0) return listed(hosts);
  return router.rule.kind === 'known' ? `What ${router.rule.value} takes` : 'What this router takes';
}

function where(entryPoints: readonly string[]): string {
  const names = entryPoints.filter(Boolean);
  return names.length === 0
    ? ''
    : ` at ${names.length === 1 ? 'entry point' : 'entry points'} ${listed(names)}`;
}

function ruleAt({ rule, at }: Router): Origin {
  return rule.kind === 'known' ? rule.definition : at;
}

/** A router's rule; its name where one piece of syntax writes the rules of several. */
function spotOf(homelab: Files, router: Router, others: readonly Router[]): Spot | null {
  const at = ruleAt(router);
  return locate(homelab, others.some((other) => ruleAt(other) === at) ? router.at : at);
}

/** Where the module that writes a router is imported by its path. */
function importOf(homelab: Files, host: Host, { at }: Router): Spot | null {
  const modules = attempt(() => host.system.modules);
  if (modules instanceof Unknown || modules instanceof Failure || at === null) return null;
  const module = modules.modules.find(({ file }) => file === at.anchor.source);
  if (module?.at?.kind !== 'path' || module.at.anchor.source === at.anchor.source) return null;
  return locate(homelab, module.at);
}
