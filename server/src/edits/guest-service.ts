import type { ServiceDoc } from '../schema/service';
import { SERVICE_OPTIONS } from '../schema/service-options';
import { SERVICES } from '../schema/tables/services';
import { writeString } from '../nix/write';
import { blank } from './blank';
import type { NixTree } from './nix-tree';

/** The row of the table of services under a name; null where the table has none. */
export function knownService(name: string): ServiceDoc | null {
  const wanted = name.toLowerCase();
  return (
    SERVICES.find((service) => service.name === wanted) ??
    SERVICES.find((service) => service.title.toLowerCase().replaceAll(' ', '-') === wanted) ??
    null
  );
}

/** What a service is to be set to. */
export interface ServiceRequest {
  readonly service: ServiceDoc;
  readonly port: number;
  /** The address to listen on: as Nix, and as text where it is known as such. */
  readonly address: { readonly nix: string; readonly text: string };
  /** Whether only the proxy on the same machine may reach it. */
  readonly loopback: boolean;
}

export interface ServiceConfig {
  /** What to write under its prefix. */
  readonly prefix: readonly string[];
  readonly tree: NixTree;
  readonly notes: readonly string[];
}

/** Enables a service, and sets the port and address where it has options of its own for them. */
export function serviceConfig({ service, port, address, loopback }: ServiceRequest): ServiceConfig {
  const prefix = prefixOf(service);
  const settings = new Map<string, string>([[pathIn(service.enable), 'true']]);
  const notes: string[] = [];
  const own = (option: string | null): option is string =>
    option !== null &&
    pathIn(option).startsWith(`${prefix.join('.')}.`) &&
    !option.includes('*') &&
    !/\.enable[^.]*$/.test(option);
  const { port: portSetting, address: addressSetting } = service;
  if (portSetting.form === 'endpoint' && own(portSetting.option)) {
    settings.set(pathIn(portSetting.option), endpoint(portSetting.option, address.text, port));
  } else {
    if (own(portSetting.option))
      settings.set(
        pathIn(portSetting.option),
        portSetting.form === 'text' ? writeString(portText(port)) : portText(port),
      );
    else if (portSetting.default !== port) notes.push(fixedPort(service, port));
    if (own(addressSetting.option) && (loopback || service.loopbackByDefault !== false))
      settings.set(pathIn(addressSetting.option), address.nix);
    else if (!loopback && service.loopbackByDefault === true)
      notes.push(
        `${service.title} listens on loopback only until it is told otherwise, and this tool knows no option for it: set its address, or the proxy is refused.`,
      );
  }
  const tree: NixTree = new Map();
  for (const [path, value] of settings) put(tree, path.split('.').slice(prefix.length), value);
  return { prefix, tree, notes };
}

/** An option's path, with `main` for the instance. */
function pathIn(option: string): string {
  return option.replaceAll('<name>', 'main');
}

function prefixOf(service: ServiceDoc): string[] {
  return pathIn(service.enable).split('.').slice(0, -1);
}

function fixedPort({ title, port }: ServiceDoc, wanted: number): string {
  if (port.default === null)
    return `No option of ${title} for its port is known: make it listen on ${wanted} yourself.`;
  return `${title} listens on ${port.default} and has no option of its own for that, so nothing answers on ${wanted} until it is configured.`;
}

/** Port and address in one text, as the option's default shows it: `127.0.0.1:8384`, `tcp://:9091/`. */
function endpoint(option: string, address: string, port: number): string {
  const known = SERVICE_OPTIONS.find(({ path }) => path === option)?.default;
  const shape = typeof known === 'string' ? /^([a-z]+:\/\/)?[^:/]*:\d+(\/?)$/.exec(known) : null;
  return writeString(`${shape?.[1] ?? ''}${address}:${portText(port)}${shape?.[2] ?? ''}`);
}

function portText(port: number): string {
  return blank('port', String(port));
}

function put(tree: NixTree, path: readonly string[], value: string): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const known = tree.get(name);
  const inner: NixTree =
    known === undefined || typeof known === 'string' ? new Map<string, string | NixTree>() : known;
  tree.set(name, inner);
  put(inner, rest, value);
}
