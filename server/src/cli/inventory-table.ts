import type { Inventory, InventoryContainer, InventoryHost } from './inventory-json';

/** The inventory for people: a table of containers and one of routes for each host. */
export function inventoryAsTable({ hosts }: Inventory): string {
  if (hosts.length === 0)
    return 'No hosts found: no flake here declares nixosConfigurations, and there is no configuration.nix.\n';
  return hosts.map(hostTable).join('\n');
}

function hostTable(host: InventoryHost): string {
  const title = `${host.name ?? '(no host)'}  ${host.source}${host.complete ? '' : '  (not everything is known)'}`;
  const containers = host.containers.map((container) => [
    text(container['name']),
    text(container['status']) === 'active'
      ? ''
      : `${text(container['status'])}: ${text(container['because'])}`,
    container['privateNetwork'] === true
      ? `${text(container['hostAddress'])} / ${text(container['localAddress'])}`
      : container['privateNetwork'] === false
        ? 'host network'
        : '?',
    ports(container),
    list(container['services']),
    [
      container['ephemeral'] === true ? 'ephemeral' : '',
      container['privateUsers'] === 'no' ? '' : `users ${text(container['privateUsers'])}`,
    ]
      .filter(Boolean)
      .join(', '),
  ]);
  const routes = host.routes.map((route) => [
    text(route['router']),
    host.routes.every(({ proxy }) => proxy === 'traefik') ? '' : text(route['proxy']),
    list(route['hosts']) || text(route['rule']),
    list(route['entryPoints']),
    list(route['middlewares']),
    text(route['access']),
    list(route['servers']),
    text(route['container']),
  ]);
  const services = host.hostServices.map(({ name, file }) => `  ${name}  ${file}\n`).join('');
  return [
    `${title}\n`,
    containers.length === 0
      ? '  no containers\n'
      : table(['container', 'status', 'network', 'open ports', 'services', 'notes'], containers),
    routes.length === 0
      ? ''
      : `\n${table(['route', 'proxy', 'hosts', 'entry points', 'middlewares', 'access', 'servers', 'container'], routes)}`,
    services === '' ? '' : `\n  services on the host\n${services}`,
  ].join('');
}

function ports(container: InventoryContainer): string {
  const open = container['openPorts'];
  if (typeof open !== 'object' || open === null || !('tcp' in open)) return '';
  const tcp = list(open.tcp);
  const udp = list(open['udp']);
  return [tcp, udp === '' ? '' : `udp ${udp}`].filter(Boolean).join(', ');
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join(', ') : text(value);
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'object' && 'unknown' in value) return `unknown (${String(value.unknown)})`;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''));
  const keep = (row: readonly string[]): string[] => row.filter((_, column) => used[column] === true);
  const all = [keep(head), ...rows.map(keep)];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  const rule = `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`;
  return `${[line(all[0] ?? []), rule, ...all.slice(1).map(line)].join('\n')}\n`;
}
