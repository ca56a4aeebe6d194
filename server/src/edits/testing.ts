/** For tests only: what a plan makes of the files of a fixture. */
import { inMemoryFiles, testParser } from '../eval/testing';
import { readHomelab, type Homelab } from '../homelab/homelab';
import { isEditProblem, type EditPlan, type EditProblem } from './edit-plan';
import { textsAfter, type Parse } from './overlay';

export type Files = Readonly<Record<string, string>>;

/** The homelab that some files make. */
export async function homelabOfFiles(files: Files): Promise<Homelab> {
  return readHomelab(await inMemoryFiles(files));
}

/** A way to parse, as the plans want it. */
export async function testParse(): Promise<Parse> {
  const parser = await testParser();
  return (path, text) => parser.parse(path, text);
}

/** The files after a plan. */
export function afterPlan(homelab: Homelab, files: Files, plan: EditPlan): Record<string, string> {
  return { ...files, ...Object.fromEntries(textsAfter(homelab.files, plan)) };
}

/** The plan, which is no problem. */
export function planOf<T extends object>(result: T | EditProblem): Exclude<T, EditProblem> {
  if (isEditProblem(result)) throw new Error(`a problem instead of a plan: ${result.problem}`);
  return result as Exclude<T, EditProblem>;
}

/** The problem, which is no plan. */
export function problemOf(result: object): EditProblem {
  if (!isEditProblem(result)) throw new Error('a plan instead of a problem');
  return result;
}
