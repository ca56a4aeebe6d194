import { memo, memoByName, memoOf, type Computed } from '../eval/computed';
import { Pieces } from '../eval/pieces';
import type { ParsedFiles } from '../eval/evaluation';
import type { Homelab } from '../homelab/homelab';
import type { Container, Host, Route } from '../homelab/model';
import {
  keyBlocks,
  keysOf,
  traefikConfigs,
  traefikKeys,
  type KeyBlock,
  type TraefikConfig,
  type TraefikKey,
} from '../homelab/traefik-keys';
import type { SourceFile } from '../nix/source-file';
import type { Files, Finding, Rule, RuleContext } from './rule';
import { placedKey, type PlacedKey } from './traefik-findings';

/** What a rule looks at: what it finds there depends on nothing else. */

type Head = Omit<Rule, 'check'>;

export interface ContainerRule extends Rule {
  readonly looksAt: 'container';
  look(homelab: Files, host: Host, container: Container): Iterable<Finding>;
  /** What it says of a host besides, its containers apart. */
  readonly lookAtHost?: HostRule['look'];
}

export interface RouteRule extends Rule {
  readonly looksAt: 'route';
  look(homelab: Files, host: Host, route: Route): Iterable<Finding>;
}

export interface TraefikKeyRule extends Rule {
  readonly looksAt: 'traefik-key';
  wanted(key: TraefikKey): boolean;
  look(homelab: Files, key: PlacedKey): Iterable<Finding>;
}

export interface FileRule extends Rule {
  readonly looksAt: 'file';
  look(homelab: Files, file: SourceFile): Iterable<Finding>;
}

export interface HostRule extends Rule {
  readonly looksAt: 'host';
  look(homelab: Files, host: Host): Iterable<Finding>;
}

/** A rule that judges each active container of a host by itself, and perhaps the host itself by the same measure. */
export function perContainer(
  rule: Head & {
    readonly look: (homelab: Files, host: Host, container: Container) => Iterable<Finding>;
    readonly lookAtHost?: HostRule['look'];
  },
): ContainerRule {
  return {
    ...rule,
    looksAt: 'container',
    *check(homelab) {
      for (const host of homelab.hosts) {
        if (rule.lookAtHost !== undefined) yield* rule.lookAtHost(homelab, host);
        for (const container of host.containers)
          if (container.status === 'active') yield* rule.look(homelab, host, container);
      }
    },
  };
}

/** A rule that judges each route of a host by itself. What it compares a route with it asks of a memo of the host. */
export function perRoute(
  rule: Head & { readonly look: (homelab: Files, host: Host, route: Route) => Iterable<Finding> },
): RouteRule {
  return {
    ...rule,
    looksAt: 'route',
    *check(homelab) {
      for (const host of homelab.hosts)
        for (const route of host.routes) yield* rule.look(homelab, host, route);
    },
  };
}

/**
 * A rule that judges each key that a host's Traefiks are given by itself.
 * @param rule.wanted whether there may be something to say, before it is looked up where the key is written
 */
export function perTraefikKey(rule: Head & Pick<TraefikKeyRule, 'wanted' | 'look'>): TraefikKeyRule {
  return {
    ...rule,
    looksAt: 'traefik-key',
    *check(homelab) {
      for (const host of homelab.hosts)
        for (const config of traefikConfigs(host))
          for (const key of traefikKeys(config)) yield* lookAtKey([this], homelab, host, key);
    },
  };
}

function* lookAtKey(
  rules: readonly TraefikKeyRule[],
  homelab: Files,
  host: Host,
  key: TraefikKey,
): Generator<Finding> {
  const wanting = rules.filter((rule) => rule.wanted(key));
  const placed = wanting.length === 0 ? null : placedKey(homelab, host, key);
  if (placed !== null) for (const rule of wanting) yield* rule.look(homelab, placed);
}

/** A rule that judges each file by itself, whoever imports it. */
export function perFile(rule: Head & Pick<FileRule, 'look'>): FileRule {
  return {
    ...rule,
    looksAt: 'file',
    *check({ files }) {
      for (const path of files.nixFiles()) yield* lookAtFile([this], files, path);
    },
  };
}

function lookAtFile(rules: readonly FileRule[], files: ParsedFiles, path: string): Finding[] {
  const file = files.parsed(path);
  return file === null ? [] : rules.flatMap((rule) => [...rule.look({ files }, file)]);
}

/** A rule that judges each host as a whole. */
export function perHost(
  rule: Head & { readonly look: (homelab: Files, host: Host) => Iterable<Finding> },
): HostRule {
  return {
    ...rule,
    looksAt: 'host',
    *check(homelab) {
      for (const host of homelab.hosts) yield* rule.look(homelab, host);
    },
  };
}

type Subject = Host | Container | Route | KeyBlock;

interface Looked {
  readonly files: Homelab['files'];
  readonly host: Host;
  readonly findings: readonly Computed<readonly Finding[]>[];
}

/** What is found in what there are many of, piece by piece. */
interface InPieces {
  readonly containers: Pieces<Container, Finding>;
  readonly routes: Pieces<Route, Finding>;
  readonly configs: Pieces<TraefikConfig, Finding>;
}

/**
 * What rules find, remembered for each host, container, route and block of Traefik's keys until something they looked
 * at changes. Rules of another kind look at everything each time.
 */
export class RuleMemory {
  private readonly containerRules: readonly ContainerRule[];
  private readonly routeRules: readonly RouteRule[];
  private readonly keyRules: readonly TraefikKeyRule[];
  private readonly hostRules: readonly HostRule[];
  private readonly ofFile: (files: ParsedFiles) => (path: string) => readonly Finding[];
  private readonly otherRules: readonly Rule[];
  private readonly known = new WeakMap<Subject, Looked>();
  private readonly filePieces: (files: ParsedFiles) => Pieces<string, Finding>;
  private readonly hostPieces: (files: ParsedFiles) => (host: Host) => InPieces;

  constructor(rules: readonly Rule[]) {
    this.containerRules = rules.filter((rule) => isScoped(rule, 'container'));
    this.routeRules = rules.filter((rule) => isScoped(rule, 'route'));
    this.keyRules = rules.filter((rule) => isScoped(rule, 'traefik-key'));
    const fileRules = rules.filter((rule) => isScoped(rule, 'file'));
    this.ofFile = memoOf((files: ParsedFiles) => memoByName((path) => lookAtFile(fileRules, files, path)));
    this.filePieces = memoOf((files: ParsedFiles) => new Pieces((path: string) => this.ofFile(files)(path)));
    this.hostPieces = memoOf((files: ParsedFiles) => memoOf((host: Host) => this.inPieces(files, host)));
    this.hostRules = [
      ...rules.filter((rule) => isScoped(rule, 'host')),
      ...this.containerRules.flatMap(({ lookAtHost, ...rule }) =>
        lookAtHost === undefined ? [] : [perHost({ ...rule, look: lookAtHost })],
      ),
    ];
    this.otherRules = rules.filter((rule) => !('looksAt' in rule) && rule.looksAtIgnores !== true);
  }

  *findings(homelab: Homelab, context: RuleContext): Generator<Finding> {
    const { files } = homelab;
    yield* this.filePieces(files).of(files.nixFiles());
    for (const rule of this.otherRules) yield* rule.check(homelab, context);
    for (const host of homelab.hosts) {
      // Each rule for itself: what changes for one does not concern the others.
      yield* this.lookedAt(files, host, host, this.hostRules, (rule) => rule.look({ files }, host));
      const { containers, routes, configs } = this.hostPieces(files)(host);
      yield* containers.of(host.containers);
      yield* configs.of(traefikConfigs(host));
      yield* routes.of(host.routes);
    }
  }

  private inPieces(files: ParsedFiles, host: Host): InPieces {
    const blocks = memoOf(
      (_config: TraefikConfig) =>
        new Pieces((block: KeyBlock) =>
          this.lookedAt(files, host, block, [this.keyRules], (rules) =>
            keysOf(block).flatMap((key) => [...lookAtKey(rules, { files }, host, key)]),
          ),
        ),
    );
    return {
      containers: new Pieces((container) =>
        container.status === 'active'
          ? this.lookedAt(files, host, container, [this.containerRules], (rules) =>
              rules.flatMap((rule) => [...rule.look({ files }, host, container)]),
            )
          : [],
      ),
      configs: new Pieces((config) => blocks(config).of(keyBlocks(config))),
      routes: new Pieces((route) =>
        this.lookedAt(files, host, route, [this.routeRules], (rules) =>
          rules.flatMap((rule) => [...rule.look({ files }, host, route)]),
        ),
      ),
    };
  }

  private *lookedAt<P>(
    files: Homelab['files'],
    host: Host,
    at: Subject,
    parts: readonly P[],
    look: (part: P) => Iterable<Finding>,
  ): Generator<Finding> {
    let known = this.known.get(at);
    if (known?.host !== host || known.files !== files) {
      known = { files, host, findings: parts.map((part) => memo(() => [...look(part)])) };
      this.known.set(at, known);
    }
    for (const findings of known.findings) yield* findings.force();
  }
}

interface RulesByScope {
  readonly container: ContainerRule;
  readonly route: RouteRule;
  readonly 'traefik-key': TraefikKeyRule;
  readonly file: FileRule;
  readonly host: HostRule;
}

function isScoped<S extends keyof RulesByScope>(rule: Rule, scope: S): rule is RulesByScope[S] {
  return 'looksAt' in rule && rule.looksAt === scope;
}
