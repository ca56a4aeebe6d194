import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inventoryOf } from '../../server/src/cli/inventory-json';
import { counter } from '../../server/src/eval/computed';
import { testParser } from '../../server/src/eval/testing';
import { ownDefinitions } from '../../server/src/features/places';
import { locate, readHomelab, type Homelab } from '../../server/src/homelab/homelab';
import { checkHomelab } from '../../server/src/rules/check';
import { Workspace } from '../../server/src/workspace/workspace';
import { MADE, REGISTRY } from './edited-homelabs';
import { readFolder } from './folder';

/** What the engine knows after a series of edits is what it would know had it read the files for the first time. */

const EXAMPLE = join(import.meta.dirname, '../../examples/homelab');

const SNIPPETS = [
  '10.0.0.5',
  '"',
  ' = ',
  ';',
  '{',
  '}',
  '# ',
  'lib.mkForce ',
  '[ ',
  ' ]',
  'config.',
  '${',
  '\n',
  '../',
  './containers/spare.nix',
  'containers.web.localAddress = "10.0.0.6";',
  'lab.spare.enable = true;',
  'imports = [ ./spare.nix ];',
  'constants',
  '// { }',
  ' // ',
  'mkIf false ',
  '3',
  'rec ',
  'inherit ',
  "''",
  ' or null',
];

interface Step {
  readonly file: number;
  readonly at: number;
  readonly length: number;
  readonly text: string | null;
  readonly how: 'edit' | 'restore' | 'remove' | 'line';
}

const steps = fc.array(
  fc.record<Step>({
    file: fc.nat(1000),
    at: fc.nat(10_000),
    length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(14) }),
    text: fc.option(fc.constantFrom(...SNIPPETS), { freq: 4 }),
    how: fc.oneof(
      { weight: 6, arbitrary: fc.constant('edit' as const) },
      { weight: 4, arbitrary: fc.constant('restore' as const) },
      { weight: 3, arbitrary: fc.constant('line' as const) },
      { weight: 1, arbitrary: fc.constant('remove' as const) },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

class Edited {
  readonly workspace: Workspace;
  private readonly files: string[];
  private readonly texts: Map<string, string>;

  constructor(
    parser: ConstructorParameters<typeof Workspace>[0],
    private readonly original: Readonly<Record<string, string>>,
  ) {
    this.workspace = new Workspace(parser, () => true);
    this.texts = new Map(Object.entries(original));
    this.files = Object.keys(original).filter((file) => file.endsWith('.nix'));
    for (const [file, text] of this.texts) this.workspace.setFile(file, { text });
  }

  apply({ file: index, at, length, text, how }: Step): void {
    const file = this.files[index % this.files.length] as string;
    const before = this.texts.get(file) ?? '';
    if (how === 'remove') {
      this.workspace.closeDocument(file);
      this.workspace.removeFile(file);
      this.texts.delete(file);
      return;
    }
    const after =
      how === 'restore' ? (this.original[file] as string) : edited(before, { at, length, text, how });
    if (!this.texts.has(file)) this.workspace.setFile(file, { text: after });
    if (!this.workspace.isOpen(file)) this.workspace.openDocument(file, before);
    this.workspace.changeDocument(file, after);
    this.texts.set(file, after);
  }
}

function edited(
  before: string,
  { at, length, text, how }: Pick<Step, 'at' | 'length' | 'text' | 'how'>,
): string {
  const start = before.length === 0 ? 0 : at % before.length;
  if (how === 'edit') return before.slice(0, start) + (text ?? '') + before.slice(start + length);
  const line = before.lastIndexOf('\n', start) + 1;
  return before.startsWith('#', line)
    ? before.slice(0, line) + before.slice(line + 1)
    : `${before.slice(0, line)}#${before.slice(line)}`;
}

function known(homelab: Homelab): unknown {
  const findings = checkHomelab(homelab).map(({ rule, file, range, message, host, severity }) => ({
    rule,
    file,
    range,
    message,
    host,
    severity,
  }));
  const disabled = homelab.projects.map(({ directory, problem, disabled: modules }) => ({
    directory,
    problem: problem?.message ?? null,
    modules,
  }));
  return { inventory: inventoryOf(homelab, (path) => path), findings, disabled };
}

async function holds(files: Readonly<Record<string, string>>, runs: number): Promise<void> {
  const parser = await testParser();
  fc.assert(
    fc.property(steps, (series) => {
      const lab = new Edited(parser, files);
      lab.workspace.analysis();
      for (const step of series) {
        lab.apply(step);
        const { homelab } = lab.workspace.analysis();
        expect(known(homelab)).toEqual(known(readHomelab(lab.workspace.snapshot())));
      }
    }),
    { numRuns: runs },
  );
}

describe('after any edits', () => {
  const runs = Number(process.env['RUNS'] ?? 12);

  it(
    'a homelab of registries and references is as if read for the first time',
    { timeout: 600_000 },
    async () => {
      await holds(REGISTRY, runs * 2);
    },
  );

  it(
    'a homelab of hosts that a function makes is as if read for the first time',
    { timeout: 600_000 },
    async () => {
      await holds(MADE, runs);
    },
  );

  it('the example homelab is as if read for the first time', { timeout: 600_000 }, async () => {
    await holds(await readFolder(EXAMPLE), runs);
  });
});

describe('an edit', () => {
  it('costs what it changes', async () => {
    const lab = new Edited(await testParser(), await readFolder(EXAMPLE));
    const start = counter.computed;
    lab.workspace.analysis();
    const cold = counter.computed - start;
    const file = Object.keys(await readFolder(EXAMPLE)).find((name) =>
      name.endsWith('containers/immich.nix'),
    ) as string;
    const text = lab.workspace.file(file)?.text as string;
    lab.workspace.openDocument(file, text);
    lab.workspace.analysis();
    const before = counter.computed;
    lab.workspace.changeDocument(file, `${text}# a comment\n`);
    lab.workspace.analysis();
    expect(counter.computed - before).toBeGreaterThan(0);
    expect(counter.computed - before).toBeLessThan(cold / 5);
  });
});

describe('a comment', () => {
  it.each(Object.keys(MADE).filter((file) => file.endsWith('.nix')))(
    'in %s leaves hosts that a function makes as they are',
    async (file) => {
      const lab = new Edited(await testParser(), MADE);
      const start = counter.computed;
      lab.workspace.analysis();
      const cold = counter.computed - start;
      const text = MADE[file] as string;
      lab.workspace.openDocument(file, text);
      lab.workspace.analysis();
      const costs = [1, 2, 3].map((number) => {
        const before = counter.computed;
        lab.workspace.changeDocument(file, `# ${number}\n${text}`);
        lab.workspace.analysis();
        return counter.computed - before;
      });
      expect(Math.min(...costs)).toBeGreaterThan(0);
      expect(Math.max(...costs)).toBeLessThan(cold / 5);
    },
  );
});

describe('a choice between a module from outside and nothing', () => {
  const FILES = {
    '/flake.nix': `{ inputs.x.url = "github:someone/x"; outputs = { nixpkgs, ... }@inputs: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./a.nix ]; }; }; }
`,
    '/a.nix': `{ lib, inputs, ... }: {
  imports = lib.optionals (import ./on.nix inputs) [ inputs.x.nixosModules.y ];
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; };
}
`,
    '/on.nix': 'inputs: inputs.x.on\n',
  };

  it('stays one after it was certain for a while', async () => {
    const lab = new Edited(await testParser(), FILES);
    const before = known(lab.workspace.analysis().homelab);
    lab.workspace.openDocument('/on.nix', FILES['/on.nix']);
    lab.workspace.changeDocument('/on.nix', 'inputs: true\n');
    lab.workspace.analysis();
    lab.workspace.changeDocument('/on.nix', FILES['/on.nix']);
    expect(known(lab.workspace.analysis().homelab)).toEqual(before);
  });
});

describe('a guest', () => {
  const FILES = {
    '/flake.nix': `{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ./more.nix ]; }; }; }
`,
    '/a.nix': `{
  services.nginx = { enable = true; virtualHosts."a.example.org".locations."/".proxyPass = "http://10.0.0.3:8000"; };
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config.services.radicale.enable = true; };
}
`,
    '/more.nix': `{ containers.a.config.services.mealie.enable = true; }
`,
  };
  const opened = '{ containers.a.config.networking.firewall.allowedTCPPorts = [ 8000 ]; }\n';

  it('is read again when another module says something of it', async () => {
    const lab = new Edited(await testParser(), FILES);
    const state = (): unknown[] => {
      const { homelab, findings } = lab.workspace.analysis();
      const guest = homelab.hosts[0]?.containers[0]?.guest;
      return [
        guest?.services.items,
        guest?.tcp.ports.items.map(({ port }) => port),
        findings.flatMap(({ rule }) => (rule === 'backend-port-closed' ? [rule] : [])),
      ];
    };
    expect(state()).toEqual([['mealie', 'radicale'], [], ['backend-port-closed']]);
    lab.workspace.openDocument('/more.nix', FILES['/more.nix']);
    lab.workspace.changeDocument('/more.nix', opened);
    expect(state()).toEqual([['radicale'], [8000], []]);
    lab.workspace.changeDocument('/more.nix', FILES['/more.nix']);
    expect(state()).toEqual([['mealie', 'radicale'], [], ['backend-port-closed']]);
  });
});

describe('a file that an editor opens', () => {
  it('still shows where its container is written', async () => {
    const lab = new Edited(await testParser(), REGISTRY);
    const places = (): unknown[] => {
      const { homelab } = lab.workspace.analysis();
      const web = homelab.hosts[0]?.containers.find(({ name }) => name === 'web');
      return web === undefined ? [] : ownDefinitions(web).map(({ nameAt }) => locate(homelab, nameAt)?.file);
    };
    expect(places()).toEqual(['/containers/web.nix']);
    lab.workspace.openDocument('/containers/web.nix', REGISTRY['/containers/web.nix'] as string);
    expect(places()).toEqual(['/containers/web.nix']);
  });
});
