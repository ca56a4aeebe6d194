/** For tests only: evaluates expressions without an end inside a worker, whose stack is smaller. */
import { parentPort } from 'node:worker_threads';
import { TABLE } from '../../server/src/eval/bounds.fixtures';
import { counter, nesting, WORKER_NESTING } from '../../server/src/eval/computed';
import { printed } from '../../server/src/eval/lib/printed';

/** What became of one expression, and how often that took more than the stack. */
export interface WorkerResult {
  readonly expression: string;
  readonly expected: string;
  readonly text: string;
  readonly overflows: number;
}

nesting.limit = WORKER_NESTING;
const results: WorkerResult[] = [];
for (const [expression, expected] of TABLE) {
  const before = counter.overflows;
  const text = await printed(expression);
  results.push({ expression, expected, text, overflows: counter.overflows - before });
}
parentPort?.postMessage(results);
