import { SymbolKind } from 'vscode-languageserver-types';

/** Something of the homelab that an attribute path names. */
export interface Landmark {
  readonly kind: SymbolKind;
  /** In a word: `container`, `router`, …; null for what is known by its whole path. */
  readonly what: string | null;
}

const CONTAINER: Landmark = { kind: SymbolKind.Module, what: 'container' };

const ADDRESSES = new Set(['hostAddress', 'localAddress', 'hostAddress6', 'localAddress6']);

/** The sections of Traefik's dynamic configuration whose members have names of their own. */
const TRAEFIK_SECTIONS: Readonly<Record<string, Landmark>> = {
  routers: { kind: SymbolKind.Interface, what: 'router' },
  services: { kind: SymbolKind.Class, what: 'service' },
  middlewares: { kind: SymbolKind.Method, what: 'middleware' },
};

/**
 * What the last name of an attribute path stands for; null where that is nothing special.
 * @param path from the nearest module's root
 */
export function landmarkAt(path: readonly string[]): Landmark | null {
  const section = path.at(-2)?.toLowerCase() ?? '';
  if (path.at(-2) === 'containers' && isModuleRoot(path.slice(0, -2))) return CONTAINER;
  const name = path.at(-1) ?? '';
  if (ADDRESSES.has(name) && isLink(path.slice(0, -1))) return { kind: SymbolKind.Constant, what: null };
  const traefik = path.lastIndexOf('dynamicConfigOptions');
  if (traefik === -1 || path.length !== traefik + 4) return null;
  if (!/^(?:http|tcp|udp)$/i.test(path[traefik + 1] ?? '')) return null;
  return TRAEFIK_SECTIONS[section] ?? null;
}

/** Whether a path leads to the options of a system: the host's, or the guest's in a container. */
function isModuleRoot(path: readonly string[]): boolean {
  if (path.length === 0) return true;
  if (path.at(-1) !== 'config') return false;
  return path.length === 1 || (path.at(-3) === 'containers' && isModuleRoot(path.slice(0, -3)));
}

/** Whether a path leads to a container, or to one of its extra links. */
function isLink(path: readonly string[]): boolean {
  const veths = path.at(-2) === 'extraVeths' ? path.slice(0, -2) : path;
  return veths.at(-2) === 'containers' && isModuleRoot(veths.slice(0, -2));
}
