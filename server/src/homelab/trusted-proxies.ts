import type ipaddr from 'ipaddr.js';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import { TRUSTED_PROXIES, type TrustedProxies } from '../schema/tables/trusted-proxies';
import { parseAddress } from './addresses';
import { isWritten } from './certainty';
import type { Fact } from './model';
import {
  asBool,
  asString,
  asStringOrNumber,
  entriesOf,
  openReason,
  optionThunk,
  readList,
  readOption,
  readSet,
  valueOr,
} from './read';

/** Whose word about visitors the services of a guest take. */

/** What a service trusts, where all of it is known and written. */
export interface Trust {
  readonly row: TrustedProxies;
  /** As they are written: addresses and networks. */
  readonly trusted: readonly string[];
  /** The first of them. */
  readonly fact: Fact<string>;
}

/** What the services of a guest trust. */
export function trustsOf(system: ModuleSystem, services: readonly string[]): Trust[] {
  return TRUSTED_PROXIES.flatMap((row) => {
    if (!services.includes(row.enable.split('.')[1] ?? '')) return [];
    if (!valueOr(readOption(system, row.enable.split('.'), asBool), false)) return [];
    return trustOf(system, row) ?? [];
  });
}

function trustOf(system: ModuleSystem, row: TrustedProxies): Trust | null {
  const path = row.option.split('.');
  if (isWritten(system, path) !== true) return null;
  const one = readOption(system, path, asString);
  const list = one.kind === 'known' ? null : readList(optionThunk(system, path), asString);
  const facts = list === null ? [one] : list.open === null ? list.items : [];
  const [fact] = facts;
  if (fact?.kind !== 'known' || fact.definition === null) return null;
  const texts = facts.flatMap((item) => (item.kind === 'known' ? item.value.split(/[\s,]+/) : ['?']));
  const trusted = texts.filter((text) => text !== '');
  const known = trusted.every((text) => networksOf(row, text) !== null);
  return trusted.length === 0 || !known ? null : { row, trusted, fact };
}

/** Whether a service trusts an address. */
export function isTrusted({ row, trusted }: Trust, address: string): boolean {
  const parsed = parseAddress(address);
  return (
    parsed === null ||
    trusted.some((text) => networksOf(row, text)?.some((network) => isIn(parsed, network)) === true)
  );
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/** The networks that an entry of a list stands for; null for what is no address, such as a name or `*`. */
function networksOf({ names }: TrustedProxies, text: string): readonly Network[] | null {
  const known = names?.[text];
  if (known !== undefined) return known.map(networkOf).filter((network) => network !== null);
  const network = networkOf(text);
  return network === null ? null : [network];
}

function networkOf(text: string): Network | null {
  const [address = '', length] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === null || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const whole = parsed.kind() === 'ipv4' ? 32 : 128;
  const prefix = length === undefined ? whole : Number(length);
  return prefix > whole ? null : [parsed, prefix];
}

function isIn(address: Address, [network, prefix]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, prefix);
}

/** The port at which a service that the table of services does not have is reached; null where that is not known. */
export function portOfTrust(system: ModuleSystem, { port }: TrustedProxies): number | null {
  if (port === undefined) return null;
  const fact = readOption(system, port.option.split('.'), asStringOrNumber);
  if (fact.kind === 'unset') return port.default;
  const [digits] = fact.kind === 'known' ? (/\d+$/.exec(String(fact.value)) ?? []) : [];
  return digits === undefined ? null : Number(digits);
}

/**
 * Whether a guest's nginx has just the site of a service, and hands the addresses of visitors on as they are.
 * @param service the name under `services`
 */
export function isOnlySite(system: ModuleSystem, service: string): boolean {
  const nginx = ['services', 'nginx'];
  if (TEXTS.some((text) => isWritten(system, [...nginx, text]) !== false)) return false;
  const own = readOption(system, ['services', service, 'hostName'], asString);
  const virtualHost = readOption(system, ['services', service, 'virtualHost'], asString);
  const names = [own, virtualHost].flatMap((fact) => (fact.kind === 'known' ? [fact.value] : []));
  const sites = readSet(system, [...nginx, 'virtualHosts']);
  if (sites !== null && isWritten(system, [...nginx, 'virtualHosts']) !== false && openReason(sites) !== null)
    return false;
  return entriesOf(sites).every(([name, { value, at }]) => {
    if (at === null) return true;
    const site = systemOf(inspect(value));
    return names.includes(name) && site !== null && isWritten(site, ['extraConfig']) === false;
  });
}

/** Options by which nginx is told things in its own language. */
const TEXTS = [
  'appendConfig',
  'appendHttpConfig',
  'commonHttpConfig',
  'config',
  'httpConfig',
  'prependConfig',
];
