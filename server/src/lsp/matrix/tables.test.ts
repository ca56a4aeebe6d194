import {
  CompletionRequest,
  CompletionResolveRequest,
  HoverRequest,
  SignatureHelpRequest,
  type ClientCapabilities,
  type CompletionItem,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { CompletionItemTag, MarkupContent } from 'vscode-languageserver-types';
import { beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../testing';
import { ALL_OPTIONS, NOT_OFFERED, QUESTIONS, type Question } from './entries';
import { MARK } from '../../features/spellings';

/** Every entry of every table, asked for through the server as an editor does. */

const CAPABILITIES: ClientCapabilities = {
  textDocument: {
    hover: { contentFormat: ['markdown'] },
    completion: { completionItem: { documentationFormat: ['markdown'], snippetSupport: true } },
    signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } },
  },
};

/** How many questions a document holds: what is at a place is found by reading the document up to it. */
const PER_DOCUMENT = 25;
const HEAD = '{ config, lib, ... }: lib.mkMerge [';

interface Asked {
  readonly question: Question;
  readonly uri: string;
  /** Where the word begins. */
  readonly start: Position;
}

/** The tables whose entries mean something in an evaluated module only. */
const EVALUATED: ReadonlySet<string> = new Set(['functions of lib', 'matchers of rules']);

const LOOSE = 'file:///homelab/loose.nix';
const IMPORTED = 'file:///homelab/imported.nix';
const FILES = {
  'file:///homelab/flake.nix': `{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [
  { containers.old.config.services.traefik.staticConfigOptions.core.defaultRuleSyntax = "v2"; }
  ./imported.nix
]; }; }; }
`,
  [IMPORTED]: '{ }\n',
  [LOOSE]: '{ }\n',
};

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start({ folders: ['file:///homelab'], files: FILES, capabilities: CAPABILITIES });
  for (const uri of [LOOSE, IMPORTED] as const) await client.open(uri, FILES[uri]);
});

/** Types a document that writes each question on a line of its own. */
async function typed(uri: string, questions: readonly Question[]): Promise<Asked[]> {
  const lines = questions.map(({ text, word }) => `  ${text.replace(MARK, () => word)}`);
  await client.type(uri, `${HEAD}\n${lines.join('\n')}\n]\n`);
  return questions.map((question, number) => ({
    question,
    uri,
    start: { line: number + 1, character: question.text.indexOf(MARK) + 2 },
  }));
}

/** The word in question, with the cursor behind its first letter or behind what is typed. */
function positionIn({ question: { word, ask }, start }: Asked): Position {
  return { line: start.line, character: start.character + (ask === 'hover' ? 1 : word.length) };
}

function shown(contents: unknown): string {
  return MarkupContent.is(contents) ? contents.value : typeof contents === 'string' ? contents : '';
}

/** What is wrong with the answer to a question; null where nothing is. */
async function problem(asked: Asked): Promise<string | null> {
  const { question, uri } = asked;
  const at = { textDocument: { uri }, position: positionIn(asked) };
  const lacking = (text: string): string | null => {
    const lacks = question.says.find((words) => !text.includes(words));
    return lacks === undefined ? null : `does not say “${lacks}” but “${text}”`;
  };
  switch (question.ask) {
    case 'hover': {
      const hover = await client.connection.sendRequest(HoverRequest.type, at);
      return lacking(shown(hover?.contents));
    }
    case 'signature': {
      const help = await client.connection.sendRequest(SignatureHelpRequest.type, at);
      const [signature] = help?.signatures ?? [];
      const parts = [signature, ...(signature?.parameters ?? [])].map((part) => shown(part?.documentation));
      return lacking([signature?.label, ...parts].join('\n'));
    }
    case 'completion': {
      const answer = await client.connection.sendRequest(CompletionRequest.type, at);
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      for (const label of question.offers) {
        const offered = items.filter((item) => item.label === label);
        const [item] = offered;
        if (item === undefined || offered.length !== 1) return `${label} is offered ${offered.length} times`;
        const wrong = misplaced(item, asked) ?? (await undocumented(item, question, lacking));
        if (wrong !== null) return `${label} ${wrong}`;
      }
      return null;
    }
  }
}

/** Whether choosing it leaves behind what is typed, or it is not struck through as it should be. */
function misplaced({ textEdit, tags = [] }: CompletionItem, { question, start }: Asked): string | null {
  if ((question.struck === true) !== tags.includes(CompletionItemTag.Deprecated))
    return question.struck === true ? 'is not struck through' : 'is struck through';
  if (textEdit === undefined || !('range' in textEdit)) return 'has no place';
  const { start: from } = textEdit.range;
  // In a string or in quotes the sign before the word is replaced too.
  const before = start.character - from.character;
  return from.line === start.line && (before === 0 || before === 1) ? null : 'replaces something else';
}

async function undocumented(
  item: CompletionItem,
  { says }: Question,
  lacking: (text: string) => string | null,
): Promise<string | null> {
  if (says.length === 0) return null;
  const resolved = await client.connection.sendRequest(CompletionResolveRequest.type, item);
  return lacking(shown(resolved.documentation));
}

/** What is wrong with the answers to some questions, asked in documents of a few. */
async function problems(table: string, questions: readonly Question[]): Promise<string[]> {
  const uri = EVALUATED.has(table) ? IMPORTED : LOOSE;
  const found: string[] = [];
  for (let from = 0; from < questions.length; from += PER_DOCUMENT) {
    const asked = await typed(uri, questions.slice(from, from + PER_DOCUMENT));
    const answers = await Promise.all(asked.map(problem));
    answers.forEach((wrong, number) => {
      const question = asked[number]?.question;
      if (wrong !== null) found.push(`${question?.about}: ${question?.ask} ${wrong}`);
    });
  }
  return found;
}

describe('through the server', () => {
  it.each(Object.entries(QUESTIONS))('%s', { timeout: 120_000 }, async (table, questions) => {
    const all = questions();
    expect(all.length).toBeGreaterThan(80);
    expect(await problems(table, all)).toEqual([]);
  });
});

describe('what is not asked', () => {
  it.each(NOT_OFFERED)('is there: $why', ({ of }) => {
    expect(ALL_OPTIONS.some(of)).toBe(true);
  });
});

describe('an answer that is missing', () => {
  const question: Question = {
    about: 'an option',
    text: `{ containers.x.${MARK} = 1; }`,
    word: 'au',
    ask: 'completion',
    says: [],
    offers: [],
  };

  it.each<[string, Partial<Question>, RegExp]>([
    [
      'a hover without its words',
      { ask: 'hover', word: 'autoStart', says: ['Sings.'] },
      /does not say “Sings\.”/,
    ],
    ['a hover of nothing', { ask: 'hover', word: 'autoStrat', says: ['boot'] }, /does not say “boot”/],
    ['a name', { offers: ['autoStrat'] }, /autoStrat is offered 0 times/],
    ['the documentation of a name', { offers: ['autoStart'], says: ['Sings.'] }, /autoStart does not say/],
    ['the line through it', { offers: ['autoStart'], struck: true }, /is not struck through/],
    ['a signature', { ask: 'signature', says: ['Sings.'] }, /does not say “Sings\.”/],
  ])('is noticed: %s', async (_what, changed, message) => {
    const [found] = await problems('', [{ ...question, ...changed }]);
    expect(found).toMatch(message);
  });
});
