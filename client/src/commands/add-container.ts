import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ContainerAnswer, ContainerChoices } from '../../../server/src/lsp/protocol';
import { applyPlan, ask, isRefusal, orSay, showPlace, showRefusal } from '../apply-plan';
import { askAll, askChoice, askText, type Answer, type Question } from '../steps';

export const ADD_CONTAINER = 'nixosContainers.addContainer';

/** Add Container: asks for the few things that a new container needs, and writes its module and its import. */
export function registerAddContainer(client: () => Promise<BaseLanguageClient>): vscode.Disposable {
  return vscode.commands.registerCommand(ADD_CONTAINER, () =>
    orSay(async () => addContainer(await client())),
  );
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

async function addContainer(client: BaseLanguageClient): Promise<void> {
  const choices = await ask(client, 'nixosContainers/containerChoices', { host: null });
  if (isRefusal(choices)) {
    void showRefusal(client, choices);
    return;
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
  if (answers === undefined) return;
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
    return;
  }
  if (!(await applyPlan(client, plan))) return;
  await showPlace(client, plan.open);
  const file = vscode.workspace.asRelativePath(client.protocol2CodeConverter.asUri(plan.open.uri));
  void vscode.window.showInformationMessage(
    `${plan.notes.join(' ')} Save the files, and let git know the new one: a flake sees no others (git add ${file}).`,
  );
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
