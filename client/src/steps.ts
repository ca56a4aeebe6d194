import * as vscode from 'vscode';

/** Questions one after the other, with the way back. */

/** Where a question stands among all of them. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** What a question gives: an answer, the wish to go back, or nothing at all. */
export type Answer<T> = { readonly value: T } | 'back' | 'cancelled';

export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  /** What is wrong with a text, in a sentence; null when it will do. */
  readonly validate: (text: string) => Promise<string | null>;
}

/** Asks for a text, and says while it is typed what is wrong with it. */
export function askText(
  place: StepPlace,
  { prompt, value, placeholder, validate }: TextQuestion,
): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, { ...place, prompt, value, placeholder: placeholder ?? '', ignoreFocusOut: true });
  if (place.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  let asked = 0;
  /** Null when the text will do; undefined when another one was typed meanwhile. */
  const check = async (text: string): Promise<string | null | undefined> => {
    const own = ++asked;
    const problem = await validate(text).catch((error: unknown) => String(error));
    if (own !== asked) return undefined;
    input.validationMessage = problem ?? '';
    return problem;
  };
  return new Promise((resolve) => {
    const finish = (answer: Answer<string>): void => {
      resolve(answer);
      input.dispose();
    };
    // Nothing typed yet is no mistake yet.
    input.onDidChangeValue((text) => void (text === '' ? (input.validationMessage = '') : check(text)));
    input.onDidAccept(async () => {
      const text = input.value;
      if ((await check(text)) === null) finish({ value: text.trim() });
    });
    input.onDidTriggerButton(() => finish('back'));
    input.onDidHide(() => finish('cancelled'));
    input.show();
    if (value !== '') void check(value);
  });
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks for one of several; the one that was chosen before comes first under the cursor. */
export function askChoice<T>(
  place: StepPlace,
  placeholder: string,
  items: readonly Choice<T>[],
  before?: T,
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(pick, { ...place, placeholder, items, ignoreFocusOut: true });
  const active = items.find(({ value }) => value === before);
  if (active !== undefined) pick.activeItems = [active];
  if (place.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const finish = (answer: Answer<T>): void => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) finish({ value: chosen.value });
    });
    pick.onDidTriggerButton(() => finish('back'));
    pick.onDidHide(() => finish('cancelled'));
    pick.show();
  });
}

/** One question about a state; it is left out where it need not be asked. */
export interface Question<State> {
  readonly wanted: (state: State) => boolean;
  readonly ask: (state: State, place: StepPlace) => Promise<Answer<State>>;
}

/** Asks all questions that are wanted, forwards and back; undefined when the person gave up. */
export async function askAll<State>(
  title: string,
  first: State,
  questions: readonly Question<State>[],
): Promise<State | undefined> {
  const history: number[] = [];
  let state = first;
  let index = 0;
  while (index < questions.length) {
    const question = questions[index];
    if (question?.wanted(state) !== true) {
      index++;
      continue;
    }
    const rest = questions.slice(index).filter(({ wanted }) => wanted(state)).length;
    const place = { title, step: history.length + 1, totalSteps: history.length + rest };
    const answer = await question.ask(state, place);
    if (answer === 'cancelled') return undefined;
    if (answer === 'back') {
      // What was answered since stays as the next suggestion.
      index = history.pop() ?? 0;
      continue;
    }
    history.push(index);
    state = answer.value;
    index++;
  }
  return state;
}
