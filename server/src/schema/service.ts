export interface ServiceDoc {
  readonly name: string;
  readonly enable: string;
  readonly port: { readonly option: string | null; readonly default: number | null };
  readonly address: { readonly option: string | null; readonly default: string | null };
  readonly openFirewall: string | null;
}
