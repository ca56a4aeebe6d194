import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planNewContainer, type ContainerPlan } from '../edits/new-container';
import { portProblem, type ContainerRequest } from '../edits/container-request';
import { isEditProblem, type EditPlan } from '../edits/edit-plan';
import { textsAfter } from '../edits/overlay';
import type { Homelab } from '../homelab/homelab';
import { relativePath } from '../nix/paths';
import { readArguments, type ParsedArguments } from './arguments';
import { STATUS, type Command } from './command';
import { loadFolder, loadParser, type LoadedFolder } from './load';
import { problem, result } from './output';
import { unifiedDiff } from './unified-diff';
import { NotWritten, writePlan } from './write-plan';

/** `add`: writes the module of one more container, and its import. */
export const addCommand: Command = {
  name: 'add',
  usage:
    'add NAME [FOLDER] --port N [--service S] [--subdomain S] [--middleware M | --authelia] [--host-network] [--host HOST] [--dry-run]',
  summary:
    'Adds a container to the homelab in FOLDER (default: the current one): its module with a free address pair and its route, and its import. --dry-run only shows the changes.',
  async run(args) {
    const parsed = readArguments(
      args,
      {
        port: {},
        service: {},
        subdomain: {},
        middleware: {},
        host: {},
        authelia: { flag: true },
        'host-network': { flag: true },
        'dry-run': { flag: true },
      },
      2,
    );
    if (parsed === null) return STATUS.usage;
    const request = requestOf(parsed);
    if (typeof request === 'string') {
      problem(request);
      return STATUS.usage;
    }
    const loaded = await loadFolder(parsed.positionals[1] ?? '.');
    if (loaded === null) return STATUS.usage;
    const parser = await loadParser();
    const homelab = loaded.workspace.homelab();
    const plan = planNewContainer(homelab, request, (path, text) => parser.parse(path, text));
    if (isEditProblem(plan)) {
      problem(plan.problem);
      if (plan.hint !== undefined) problem(plan.hint);
      if (plan.choices !== undefined) problem(`name one with --host: ${plan.choices.join(', ')}`);
      return STATUS.usage;
    }
    if (parsed.options['dry-run'] === true) {
      result(diffOf(plan, loaded, homelab));
      return STATUS.clean;
    }
    try {
      await writePlan(plan, homelab.files, loaded.root);
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error;
      problem(error.message);
      return STATUS.usage;
    }
    result(await report(plan, loaded));
    return STATUS.clean;
  },
};

/** What is asked for; a sentence where it is not said completely. */
function requestOf({ positionals, options }: ParsedArguments): ContainerRequest | string {
  const [name] = positionals;
  const text = (option: string): string | null => {
    const value = options[option];
    return typeof value === 'string' ? value : null;
  };
  if (name === undefined) return 'add needs the name of the container: add NAME [FOLDER] --port N';
  const port = text('port');
  if (port === null) return 'add needs --port N, the port on which the service listens';
  const wrong = portProblem(port);
  if (wrong !== null) return wrong;
  const middleware = text('middleware');
  if (middleware !== null && options['authelia'] === true)
    return 'either --authelia or --middleware, not both';
  return {
    name,
    port: Number(port),
    subdomain: text('subdomain'),
    service: text('service'),
    host: text('host'),
    authelia: options['authelia'] === true,
    middlewares: middleware === null ? [] : [middleware],
    network: options['host-network'] === true ? 'host' : 'private',
  };
}

function diffOf(plan: EditPlan, { root }: LoadedFolder, { files }: Homelab): string {
  return [...textsAfter(files, plan)]
    .map(([path, after]) => {
      const entry = files.entry(path);
      return unifiedDiff(relativePath(root, path), entry.kind === 'file' ? entry.text : null, after);
    })
    .join('');
}

/** What was done, and what the person does next. */
async function report(
  { target: { host, project }, ...plan }: ContainerPlan,
  { root }: LoadedFolder,
): Promise<string> {
  const name = (path: string): string => relativePath(root, path);
  const created = plan.creations.map(({ path }) => path);
  const changed = [...new Set(plan.changes.map(({ file }) => file))];
  const flake = name(project.directory);
  const steps = [
    ...((await inGit(root))
      ? [`git add ${created.map(name).join(' ')}    (a flake sees only files that git knows)`]
      : []),
    `sudo nixos-rebuild switch --flake ${flake === '' ? '.' : `./${flake}`}${host.name === null ? '' : `#${host.name}`}`,
  ];
  return [
    ...created.map((path) => `created  ${name(path)}`),
    ...changed.map((path) => `changed  ${name(path)}`),
    '',
    ...plan.notes,
    '',
    'Next:',
    ...steps.map((step) => `  ${step}`),
    '',
  ].join('\n');
}

async function inGit(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => null)) !== null) return true;
    if (dirname(at) === at) return false;
  }
}
