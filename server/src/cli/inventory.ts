import { relativePath } from '../nix/paths';
import { readArguments } from './arguments';
import { STATUS, type Command } from './command';
import { inventoryOf } from './inventory-json';
import { inventoryAsTable } from './inventory-table';
import { loadFolder } from './load';
import { problem, result } from './output';

/** `inventory`: what the homelab holds. */
export const inventoryCommand: Command = {
  name: 'inventory',
  usage: 'inventory [FOLDER] [--format table|json]',
  summary: 'Lists the hosts, containers and routes in FOLDER (default: the current one).',
  async run(args) {
    const parsed = readArguments(args, { format: { values: ['table', 'json'] } }, 1);
    if (parsed === null) return STATUS.usage;
    const loaded = await loadFolder(parsed.positionals[0] ?? '.');
    if (loaded === null) return STATUS.usage;
    const homelab = loaded.workspace.homelab();
    for (const project of homelab.projects) {
      if (project.problem !== null)
        problem(
          `${relativePath(loaded.root, project.file)}: not all hosts are known: ${project.problem.message}`,
        );
    }
    const inventory = inventoryOf(homelab, (file) => relativePath(loaded.root, file));
    result(
      parsed.options['format'] === 'json'
        ? `${JSON.stringify(inventory, null, 2)}\n`
        : inventoryAsTable(inventory),
    );
    return STATUS.clean;
  },
};
