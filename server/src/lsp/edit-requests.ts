import type { Connection } from 'vscode-languageserver';
import { isEditProblem, type EditProblem } from '../edits/edit-plan';
import { addContainer, answerProblem, containerChoices, usualPort } from '../features/add-container';
import { insertFlakeImport } from '../features/flake-import';
import type { PlanStyle } from '../features/planned-edit';
import { linesOf } from '../features/positions';
import type { Homelab } from '../homelab/homelab';
import type { FeatureContext } from './features';
import type { ClientRequests, Refusal } from './protocol';

/** What is said while the files are not read yet, or when answering failed. */
const NOT_READY: Refusal = {
  problem: 'The language server has no answer. See the output of NixOS Containers.',
};

/** Answers what our own client asks to have written. Every text is the editor's, saved or not. */
export function answerEditRequests(
  connection: Connection,
  { files, documents, uris, guard }: Omit<FeatureContext, 'profile' | 'settings'>,
): void {
  const style: PlanStyle = {
    uriOf: (path) => uris.toUri(path),
    versionOf: (path) => documents.versionOf(path),
  };
  const answer = <Method extends keyof ClientRequests>(
    method: Method,
    nothing: ClientRequests[Method]['result'],
    handler: (params: ClientRequests[Method]['params'], homelab: Homelab) => ClientRequests[Method]['result'],
  ): void => {
    connection.onRequest(
      method,
      guard.guard<ClientRequests[Method]['params'], ClientRequests[Method]['result']>(
        method,
        nothing,
        (params) => {
          const analysis = files.analysis();
          return analysis === null ? nothing : handler(params, analysis.homelab);
        },
      ),
    );
  };
  const spelled = <Result extends object>(
    homelab: Homelab,
    result: Result | EditProblem,
  ): Result | Refusal => (isEditProblem(result) ? refusal(homelab, result, style) : result);

  answer('nixosContainers/containerChoices', NOT_READY, ({ host }, homelab) =>
    spelled(homelab, containerChoices(homelab, host)),
  );
  answer('nixosContainers/checkAnswer', { problem: null, usualPort: null }, (asked, homelab) => ({
    problem: answerProblem(homelab, asked),
    usualPort: asked.field === 'name' ? usualPort(asked.value) : null,
  }));
  answer('nixosContainers/addContainer', NOT_READY, (request, homelab) => {
    const { parse } = files;
    return parse === null ? NOT_READY : spelled(homelab, addContainer(homelab, request, parse, style));
  });
  answer('nixosContainers/flakeImport', NOT_READY, ({ uri, host }, homelab) =>
    spelled(homelab, insertFlakeImport(homelab, uris.toPath(uri), host, style)),
  );
}

function refusal(
  { files }: Homelab,
  { problem, hint, choices, copy, at }: EditProblem,
  { uriOf }: PlanStyle,
): Refusal {
  const position = at === undefined ? undefined : linesOf(files, at.file)?.positionAt(at.offset);
  return {
    problem: hint === undefined ? problem : `${problem} ${hint}`,
    ...(choices === undefined ? {} : { choices }),
    ...(copy === undefined ? {} : { copy }),
    ...(at === undefined || position === undefined ? {} : { place: { uri: uriOf(at.file), position } }),
  };
}
