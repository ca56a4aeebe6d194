import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ContainerAnswer, ContainerChoices, PlannedEdit } from '../../../server/src/lsp/protocol';
import { applyPlan, ask, filesOf, isRefusal, orSay, showPlace, showRefusal } from '../apply-plan';
import { stagingOf } from '../git';
import { FilesBefore, saveAtUndo, type Saved } from '../saving';
import { askAll, askChoice, askText, type Answer, type Question } from '../steps';
import type { DiskAccess } from '../write-access';

export const ADD_CONTAINER = 'nixosContainers.addContainer';

/** Add Container: asks for the few things that a new container needs, and writes its module and its import. */
export function registerAddContainer(
  client: () => Promise<BaseLanguageClient>,
  onDisk: DiskAccess | null,
): vscode.Disposable {
  let undoing: vscode.Disposable | undefined;
  const command = vscode.commands.registerCommand(ADD_CONTAINER, () =>
    orSay(async () => {
      const made = await client();
      const plan = await planContainer(made);
      const written = plan === null ? null : await write(made, plan, onDisk);
      if (plan === null || written === null) return;
      undoing?.dispose();
      undoing = saveAtUndo(written.saved);
      tell(made, plan, written);
    }),
  );
  const dispose = (): void => {
    undoing?.dispose();
  };
  return vscode.Disposable.from(command, { dispose });
}

/** What was answered so far. */
interface Answers {
  readonly choices: ContainerChoices;
  readonly hosts: readonly string[];
  readonly host: string | null;
  readonly name: string;
  readonly usualPort: number | null;
  readonly port: string;
  readonly subdomain: string;
  readonly authelia: boolean;
  readonly network: 'private' | 'host';
}

/** Asks; gives what is to be written, or null where there is nothing to write. */
async function planContainer(client: BaseLanguageClient): Promise<PlannedEdit | null> {
  const choices = await ask(client, 'nixosContainers/containerChoices', { host: null });
  if (isRefusal(choices)) {
    void showRefusal(client, choices);
    return null;
  }
  const first: Answers = {
    choices,
    hosts: choices.hosts,
    host: null,
    name: '',
    usualPort: null,
    port: '',
    subdomain: '',
    authelia: choices.authelia !== null,
    network: 'private',
  };
  const answers = await askAll('Add Container', first, questions(client));
  if (answers === undefined) return null;
  const { name, port, host, network } = answers;
  const plan = await ask(client, 'nixosContainers/addContainer', {
    name,
    port: Number(port),
    subdomain: answers.subdomain === '' ? null : answers.subdomain,
    authelia: answers.authelia && answers.choices.authelia !== null,
    network,
    host,
  });
  if (isRefusal(plan)) {
    void showRefusal(client, plan);
    return null;
  }
  return plan;
}

/** Writes and saves the files, and opens the module at its service; null where nothing was written. */
async function write(
  client: BaseLanguageClient,
  plan: PlannedEdit,
  onDisk: DiskAccess | null,
): Promise<Saved | null> {
  const before = await FilesBefore.look(filesOf(client, plan));
  if (!(await applyPlan(client, plan, onDisk))) return null;
  const saved = await before.save();
  await showPlace(client, plan.open);
  return saved;
}

/** Says what was added, and what is left for the person to do. */
function tell(client: BaseLanguageClient, plan: PlannedEdit, { unsaved }: Saved): void {
  const module = client.protocol2CodeConverter.asUri(plan.open.uri);
  const stage = stagingOf(module);
  const git = stage === null ? ` Run git add ${nameOf(module)} before the rebuild.` : '';
  const others = filesOf(client, plan).filter((uri) => uri.toString() !== module.toString());
  const actions: Action[] = [
    ...(stage === null ? [] : [{ title: 'Stage New File', run: stage }]),
    ...others.map((uri) => ({
      title: `Open ${nameOf(uri)}`,
      run: () => vscode.window.showTextDocument(uri),
    })),
  ];
  void offer(`Added ${plan.notes.join(' ')}${git}`, actions);
  for (const { uri, why } of unsaved) void vscode.window.showWarningMessage(`${nameOf(uri)} ${why}.`);
}

interface Action {
  readonly title: string;
  readonly run: () => Thenable<unknown>;
}

/** VS Code shows a message whole only where it has a button. */
async function offer(message: string, actions: readonly Action[]): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(message, ...actions.map(({ title }) => title));
  try {
    await actions.find(({ title }) => title === chosen)?.run();
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

function questions(client: BaseLanguageClient): Question<Answers>[] {
  const problem = async (
    field: ContainerAnswer['field'],
    value: string,
    { host }: Answers,
  ): Promise<string | null> => {
    const answer = await ask(client, 'nixosContainers/checkAnswer', { field, value: value.trim(), host });
    return answer.problem;
  };
  return [
    {
      wanted: ({ hosts }) => hosts.length > 0,
      async ask(state, place) {
        const items = state.hosts.map((host) => ({ label: host, value: host }));
        const answer = await askChoice(
          place,
          'The host that runs the container',
          items,
          state.host ?? undefined,
        );
        if (answer === 'back' || answer === 'cancelled') return answer;
        const choices = await ask(client, 'nixosContainers/containerChoices', { host: answer.value });
        if (isRefusal(choices)) {
          void showRefusal(client, choices);
          return 'cancelled';
        }
        return { value: { ...state, choices, host: answer.value, authelia: choices.authelia !== null } };
      },
    },
    {
      wanted: () => true,
      async ask(state, place) {
        const answer = await askText(place, {
          prompt: 'The name of the container, and of its service where there is one of that name',
          placeholder: 'jellyfin',
          value: state.name,
          validate: (text) => problem('name', text, state),
        });
        if (answer === 'back' || answer === 'cancelled') return answer;
        const name = answer.value;
        const { usualPort } = await ask(client, 'nixosContainers/checkAnswer', {
          field: 'name',
          value: name,
          host: state.host,
        });
        // Another name is another service: what was answered for the old one no longer holds.
        const others = name === state.name ? {} : { port: '', subdomain: '' };
        return { value: { ...state, ...others, name, usualPort } };
      },
    },
    {
      wanted: () => true,
      async ask(state, place) {
        const answer = await askText(place, {
          prompt:
            state.usualPort === null
              ? 'The port on which its service listens'
              : `The port on which its service listens; ${state.name} usually does on ${state.usualPort}`,
          value: state.port === '' ? String(state.usualPort ?? '') : state.port,
          validate: (text) => problem('port', text, state),
        });
        return map(answer, (port) => ({ ...state, port }));
      },
    },
    {
      wanted: ({ choices }) => choices.hasProxy && choices.domain !== null,
      async ask(state, place) {
        const answer = await askText(place, {
          prompt: `The subdomain under which it is reached: what stands before .${state.choices.domain ?? ''}`,
          value: state.subdomain === '' ? state.name.toLowerCase() : state.subdomain,
          validate: (text) => problem('subdomain', text, state),
        });
        return map(answer, (subdomain) => ({ ...state, subdomain }));
      },
    },
    {
      wanted: ({ choices }) => choices.hasProxy && choices.authelia !== null,
      async ask(state, place) {
        const items = [
          {
            label: 'With Authelia',
            description: `the middleware ${state.choices.authelia ?? ''}`,
            value: true,
          },
          { label: 'Without Authelia', description: 'the service asks for a login itself', value: false },
        ];
        const answer = await askChoice(place, 'Who may reach it', items, state.authelia);
        return map(answer, (authelia) => ({ ...state, authelia }));
      },
    },
    {
      wanted: () => true,
      async ask(state, place) {
        const items = [
          {
            label: 'Private network',
            description: 'its own address, the next free pair',
            value: 'private' as const,
          },
          {
            label: "The host's network",
            description: 'for what needs ports of the host itself',
            value: 'host' as const,
          },
        ];
        for (;;) {
          const answer = await askChoice(place, 'How it is connected', items, state.network);
          const taken =
            typeof answer === 'object' && answer.value === 'host'
              ? await problem('hostPort', state.port, state)
              : null;
          if (taken === null) return map(answer, (network) => ({ ...state, network }));
          await vscode.window.showErrorMessage(taken);
        }
      },
    },
  ];
}

function map<T>(answer: Answer<T>, state: (value: T) => Answers): Answer<Answers> {
  return answer === 'back' || answer === 'cancelled' ? answer : { value: state(answer.value) };
}
