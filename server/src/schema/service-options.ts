import type { OptionDoc } from './option';
export const SERVICE_OPTIONS: readonly OptionDoc[] = [];
