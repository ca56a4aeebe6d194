/**
 * Options that hold addresses which a service asks by itself, or which its page leads to: URLs, or `host:port`, at any
 * depth. Source: the services' modules in nixpkgs, nixos/modules/services, 2024 to 2026, and their documentation.
 */
export const LINKING_OPTIONS: readonly {
  readonly service: string;
  readonly title: string;
  readonly option: string;
}[] = [
  ...['bookmarks', 'services', 'widgets'].map((option) => ({
    service: 'homepage-dashboard',
    title: 'Homepage',
    option,
  })),
  { service: 'gatus', title: 'Gatus', option: 'settings' },
  { service: 'glance', title: 'Glance', option: 'settings' },
  { service: 'prometheus', title: 'Prometheus', option: 'scrapeConfigs' },
];
