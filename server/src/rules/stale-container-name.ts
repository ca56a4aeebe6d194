import type { ParsedFiles } from '../eval/evaluation';
import { piecewise } from '../eval/pieces';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { knowsAllContainers } from '../homelab/certainty';
import { containerMentions, type ContainerMention } from '../homelab/container-mentions';
import type { Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import { closest } from './closest';
import { finding, type Finding, type Rule } from './rule';

/** A path or unit of a container that no host has: a backup or script that goes on without it. */
export const staleContainerName: Rule = {
  id: 'stale-container-name',
  severity: 'information',
  description: 'A path or unit names a container that no host has.',
  *check(homelab) {
    if (mentioning(homelab.files).length === 0) return;
    const mentions = [...mentionsOf(homelab)];
    if (mentions.length === 0 || !homelab.hosts.every(knowsAllContainers)) return;
    // A disabled container's state may still be there, and be kept on purpose.
    const names = new Set(homelab.hosts.flatMap(({ containers }) => containers.map(({ name }) => name)));
    // Without any, containers are made by hand here.
    if (names.size === 0) return;
    for (const { file, host, mention } of mentions)
      if (!names.has(mention.name)) yield report(file, host, mention, [...names]);
  },
};

/** The files that mention containers in this way. */
const mentioning = piecewise(
  (files: ParsedFiles) => files.nixFiles(),
  (path, files) => {
    const file = files.parsed(path);
    return file === null || containerMentions(file).length === 0 ? [] : [path];
  },
);

interface Mentioned {
  readonly file: SourceFile;
  readonly host: Host;
  readonly mention: ContainerMention;
}

/** The mentions in the modules of all hosts, each file once. */
function* mentionsOf({ files, hosts }: Homelab): Generator<Mentioned> {
  const seen = new Set<string>();
  for (const host of hosts) {
    const collected = attempt(() => host.system.modules);
    if (collected instanceof Unknown || collected instanceof Failure) continue;
    for (const { file: path } of collected.modules) {
      if (path === '' || seen.has(path)) continue;
      seen.add(path);
      const file = files.parsed(path);
      if (file !== null) for (const mention of containerMentions(file)) yield { file, host, mention };
    }
  }
}

function report(
  file: SourceFile,
  host: Host,
  { name, range, kind }: ContainerMention,
  names: readonly string[],
): Finding {
  const near = closest(name, names);
  const what = kind === 'unit' ? `The unit container@${name}` : `The folder of ${name}`;
  return finding(staleContainerName, {
    at: { file: file.path, range, ...file.lines.positionAt(range.start) },
    host,
    severity: near === null ? 'information' : 'warning',
    // The container may be there again with the next key.
    incomplete: true,
    message: `${what} is that of no container: no host declares ${name}. ${near === null ? 'Take it out, unless a container of that name is made by hand.' : `Did you mean ${near}?`}`,
    fixes: [
      near === null ? null : { title: `Use ${near}`, changes: [{ file: file.path, range, newText: near }] },
    ],
  });
}
