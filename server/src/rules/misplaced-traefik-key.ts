import type { AttrsValue } from '../eval/value';
import { asBool, fieldOf, readThunk, setOf } from '../homelab/read';
import { knownValue, textAt, type TraefikConfig } from '../homelab/traefik-keys';
import { traefikRoot } from '../schema/traefik/tree';
import { listed } from './places';
import { finding, type Fix } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';
import { type PlacedKey } from './traefik-findings';
import { moveKey } from './traefik-move';

/** A key of one configuration that is written in the other, where Traefik passes it over without a word. */
export const misplacedTraefikKey: TraefikKeyRule = perTraefikKey({
  id: 'misplaced-traefik-key',
  severity: 'warning',
  description:
    'A key stands in the configuration of Traefik that does not have it, and is ignored without a word.',
  wanted: ({ node, parent, config, name }) =>
    node === null && parent.path === '' && targetOf(config, name) !== null,
  *look(homelab, key) {
    const target = targetOf(key.config, key.name) ?? '';
    yield finding(misplacedTraefikKey, {
      at: key.at,
      host: key.host,
      message: messageOf(key, target),
      fixes: [titled(moveKey(homelab, key, target), key)],
    });
  },
});

/** Where a key at the root belongs, below `services.traefik`; null where it is in its place, or belongs nowhere. */
function targetOf({ part, option, counterpart }: TraefikConfig, name: string): string | null {
  const lower = name.toLowerCase();
  if (part === 'static' && lower === 'plugins') return `${option}.experimental`;
  const other = part === 'dynamic' ? 'static' : 'dynamic';
  return traefikRoot(other).keys.has(lower) ? counterpart : null;
}

function messageOf(key: PlacedKey, target: string): string {
  const { name, config } = key;
  const ignored = `Traefik does not read \`${name}\` from \`${config.option}\` and says nothing of it: it belongs into \`${target}\`.`;
  const effects = name.toLowerCase() === 'tls' && config.part === 'static' ? tlsEffects(key) : [];
  return effects.length === 0
    ? ignored
    : `${ignored} Moved there it takes effect: ${effects.map(({ what }) => what).join('; ')}.`;
}

/** A fix that says what it brings into effect. */
function titled(fix: Fix | null, key: PlacedKey): Fix | null {
  const effects = key.name.toLowerCase() === 'tls' && key.config.part === 'static' ? tlsEffects(key) : [];
  if (fix === null || effects.length === 0) return fix;
  return { ...fix, title: `${fix.title}, which activates ${listed(effects.map(({ name }) => name))}` };
}

interface Effect {
  /** In a word or two. */
  readonly name: string;
  /** As a clause. */
  readonly what: string;
}

/** What TLS options do once Traefik reads them, so that nobody moves them unawares. */
function tlsEffects({ attr }: PlacedKey): Effect[] {
  const value = knownValue(attr);
  const options = value?.type === 'attrs' ? setOf(fieldOf(value, 'options')) : undefined;
  const standard = setOf(options?.entries.get('default')?.value);
  return standard === undefined ? [] : effectsOf(standard);
}

function effectsOf(standard: AttrsValue): Effect[] {
  const effects: Effect[] = [];
  const strict = readThunk(fieldOf(standard, 'sniStrict'), asBool);
  if (strict.kind === 'known' && strict.value)
    effects.push({
      name: 'sniStrict',
      what: '`sniStrict` refuses visitors that ask for a name without a certificate',
    });
  const least = textAt(standard, ['minVersion']);
  const version = /^VersionTLS1([0-3])$/.exec(least ?? '')?.[1];
  if (version !== undefined)
    effects.push({
      name: `TLS 1.${version}`,
      what: `\`minVersion\` refuses visitors below TLS 1.${version}`,
    });
  return effects;
}
