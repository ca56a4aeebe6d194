import { memo, type Computed } from '../eval/computed';
import type { Homelab } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import type { Checked, Files, Finding, Rule } from './rule';

/** What a rule looks at: what it finds there depends on nothing else. */

type Head = Pick<Rule, 'id' | 'severity' | 'description'>;

export interface ContainerRule extends Rule {
  readonly looksAt: 'container';
  look(homelab: Files, host: Host, container: Container): Iterable<Finding>;
}

export interface HostRule extends Rule {
  readonly looksAt: 'host';
  look(homelab: Files, host: Host): Iterable<Finding>;
}

/** A rule that judges each active container of a host by itself. */
export function perContainer(
  rule: Head & { readonly look: (homelab: Files, host: Host, container: Container) => Iterable<Finding> },
): ContainerRule {
  return {
    ...rule,
    looksAt: 'container',
    *check(homelab) {
      for (const host of homelab.hosts)
        for (const container of host.containers)
          if (container.status === 'active') yield* rule.look(homelab, host, container);
    },
  };
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

/** A rule that reads a homelab as a whole, but nothing across its hosts. */
export function eachHost(rule: Head & { readonly check: (homelab: Checked) => Iterable<Finding> }): HostRule {
  return { ...rule, looksAt: 'host', look: ({ files }, host) => rule.check({ files, hosts: [host] }) };
}

interface Looked {
  readonly files: Homelab['files'];
  readonly host: Host;
  readonly findings: Computed<readonly Finding[]>;
}

/**
 * What rules find, remembered for each container and each host until something they looked at changes. Rules of another
 * kind look at everything each time.
 */
export class RuleMemory {
  private readonly containerRules: readonly ContainerRule[];
  private readonly hostRules: readonly HostRule[];
  private readonly otherRules: readonly Rule[];
  private readonly byContainer = new WeakMap<Container, Looked>();
  private readonly byHost = new WeakMap<Host, readonly Looked[]>();

  constructor(rules: readonly Rule[]) {
    this.containerRules = rules.filter((rule) => isScoped(rule, 'container'));
    this.hostRules = rules.filter((rule) => isScoped(rule, 'host'));
    this.otherRules = rules.filter((rule) => !('looksAt' in rule));
  }

  *findings(homelab: Homelab): Generator<Finding> {
    for (const rule of this.otherRules) yield* rule.check(homelab);
    for (const host of homelab.hosts) {
      for (const { findings } of this.lookedAtHost(homelab, host)) yield* findings.force();
      for (const container of host.containers)
        if (container.status === 'active') yield* this.lookedAt(homelab, host, container).findings.force();
    }
  }

  private lookedAt({ files }: Homelab, host: Host, container: Container): Looked {
    let known = this.byContainer.get(container);
    if (known?.host !== host || known.files !== files) {
      const findings = memo(() =>
        this.containerRules.flatMap((rule) => [...rule.look({ files }, host, container)]),
      );
      known = { files, host, findings };
      this.byContainer.set(container, known);
    }
    return known;
  }

  private lookedAtHost({ files }: Homelab, host: Host): readonly Looked[] {
    let known = this.byHost.get(host);
    if (known?.[0]?.files !== files) {
      known = this.hostRules.map((rule) => ({
        files,
        host,
        findings: memo(() => [...rule.look({ files }, host)]),
      }));
      this.byHost.set(host, known);
    }
    return known;
  }
}

function isScoped<S extends 'container' | 'host'>(
  rule: Rule,
  scope: S,
): rule is S extends 'container' ? ContainerRule : HostRule {
  return 'looksAt' in rule && rule.looksAt === scope;
}
