import { traceOption, type MissingOption, type TraceResult } from '../homelab/provenance';
import { writeAttrPath } from '../nix/write';
import { closest } from '../rules/closest';
import { readArguments } from './arguments';
import { STATUS, type Command } from './command';
import { loadFolder } from './load';
import { problem, result } from './output';
import { tracesAsJson } from './trace-json';
import { syntaxIn } from './trace-syntax';
import { tracesAsText } from './trace-text';

/** `trace`: where the value of an option comes from. */
export const traceCommand: Command = {
  name: 'trace',
  usage: 'trace OPTION [FOLDER] [--host NAME] [--format text|json]',
  summary:
    'Shows where the value of an option comes from, e.g. containers.immich.localAddress: what sets it, and the places it came through.',
  async run(args) {
    const parsed = readArguments(args, { host: {}, format: { values: ['text', 'json'] } }, 2);
    if (parsed === null) return STATUS.usage;
    const [option, folder = '.'] = parsed.positionals;
    const path = option === undefined ? null : optionPath(option);
    if (option === undefined || path === null) {
      problem(
        option === undefined
          ? 'trace needs an OPTION, e.g. containers.immich.localAddress'
          : `${option} is no path of an option, such as containers.immich.localAddress`,
      );
      return STATUS.usage;
    }
    const loaded = await loadFolder(folder);
    if (loaded === null) return STATUS.usage;
    const files = loaded.workspace.snapshot();
    const { host: named } = parsed.options;
    const host = typeof named === 'string' ? named : null;
    return traceOption(files, path, host, (found) => {
      const { traces } = found;
      if (traces.length === 0) {
        problem(whyNone(found, path, host));
        return STATUS.usage;
      }
      const syntax = syntaxIn(files, loaded.root);
      result(
        parsed.options['format'] === 'json'
          ? tracesAsJson(option, traces, syntax)
          : tracesAsText(traces, syntax),
      );
      return STATUS.clean;
    });
  },
};

/** The names of `containers."my.name".forwardPorts[0]`; null for what is no path. */
export function optionPath(text: string): string[] | null {
  const names: string[] = [];
  const pattern = /(?:^|\.)(?:"((?:[^"\\]|\\.)+)"|([^."[\]\s]+))|\[(\d+)\]/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return null;
    names.push(match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? match[3] ?? '');
  }
  return names.length === 0 ? null : names;
}

/** Why no host has an option, with the one that was probably meant. */
export function whyNone(
  { homelab, missing }: TraceResult,
  path: readonly string[],
  host: string | null,
): string {
  const hosts = homelab.hosts.flatMap(({ name }) => name ?? []);
  if (homelab.hosts.length === 0)
    return 'there is no host here: no flake declares nixosConfigurations, and there is no configuration.nix';
  if (missing.length === 0) return `there is no host ${host ?? ''}. There are: ${hosts.join(', ')}.`;
  const [nearest] = [...missing].sort((a, b) => b.found.length - a.found.length);
  const where = nearest?.host.name == null ? '' : ` on ${nearest.host.name}`;
  const option = writeAttrPath(path);
  if (nearest === undefined) return `there is no option ${option}`;
  const suggestion = suggested(nearest, path);
  return `there is no option ${option}${where}: nothing in the repository sets it, and this tool does not know it.${suggestion === null ? '' : ` Did you mean ${suggestion}?`}`;
}

function suggested({ found, names }: MissingOption, path: readonly string[]): string | null {
  const wanted = path[found.length] ?? '';
  const name = closest(wanted, names);
  return name === null ? null : writeAttrPath([...found, name, ...path.slice(found.length + 1)]);
}
