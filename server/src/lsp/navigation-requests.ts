import {
  MarkupKind,
  type CodeLens,
  type CodeLensParams,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Connection,
  type DefinitionParams,
  type DocumentLink,
  type DocumentLinkParams,
  type Location,
  type LocationLink,
  type ReferenceParams,
  type SignatureHelp,
  type SignatureHelpParams,
} from 'vscode-languageserver';
import { codeLenses } from '../features/code-lens';
import { completion, resolveCompletion } from '../features/completion';
import { definition } from '../features/definition';
import { documentLinks } from '../features/document-link';
import { containerTargets, routeTargets } from '../features/navigation-targets';
import { signatureHelp } from '../features/signature-help';
import { references } from '../features/references';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import type { FeatureContext } from './features';
import type { CursorPlace, NavigationAnswer } from './protocol';

const NO_COMPLETIONS: CompletionList = { isIncomplete: false, items: [] };
const NO_TARGETS: NavigationAnswer = {
  targets: [],
  message: 'This file is not part of a homelab that could be read.',
};

/** Answers the requests that complete what is typed, and those that lead from one place to another. */
export function answerNavigationRequests(
  connection: Connection,
  { files, uris, guard, profile }: FeatureContext,
): void {
  const uriOf = (path: string): string => uris.toUri(path);

  /** An answer about a file of the homelab; what is empty where it is none. */
  const guarded = <Params extends { readonly textDocument: { readonly uri: string } }, Result>(
    method: string,
    nothing: Result,
    answer: (homelab: Homelab, file: SourceFile, params: Params) => Result,
  ): ReturnType<typeof guard.guard<Params, Result>> =>
    guard.guard<Params, Result>(method, nothing, (params) => {
      const file = files.file(uris.toPath(params.textDocument.uri));
      const analysis = files.analysis();
      return file === null || analysis === null ? nothing : answer(analysis.homelab, file, params);
    });

  connection.onCompletion(
    guarded<CompletionParams, CompletionList>(
      'textDocument/completion',
      NO_COMPLETIONS,
      (homelab, file, { position, context }) =>
        completion(
          homelab,
          file,
          file.lines.offsetAt(position),
          {
            snippets: profile().snippets,
            documentation: profile().completionMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
          },
          context?.triggerCharacter ?? null,
        ),
    ),
  );

  connection.onSignatureHelp(
    guarded<SignatureHelpParams, SignatureHelp | null>(
      'textDocument/signatureHelp',
      null,
      (homelab, file, { position }) =>
        signatureHelp(
          homelab,
          file,
          file.lines.offsetAt(position),
          profile().signatureMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
        ),
    ),
  );

  connection.onCompletionResolve((item, token) =>
    guard.guard<CompletionItem, CompletionItem>('completionItem/resolve', item, (asked) =>
      resolveCompletion(
        files.analysis()?.homelab ?? null,
        asked,
        profile().completionMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
      ),
    )(item, token),
  );

  connection.onDefinition(
    guarded<DefinitionParams, LocationLink[] | Location[]>(
      'textDocument/definition',
      [],
      (homelab, file, { position }) => {
        const links = definition(homelab, file, file.lines.offsetAt(position), uriOf);
        if (profile().definitionLinks) return links;
        return links.map(({ targetUri, targetSelectionRange }) => ({
          uri: targetUri,
          range: targetSelectionRange,
        }));
      },
    ),
  );

  connection.onReferences(
    guarded<ReferenceParams, Location[]>('textDocument/references', [], (homelab, file, params) => {
      const offset = file.lines.offsetAt(params.position);
      return references(homelab, file, offset, params.context.includeDeclaration, uriOf);
    }),
  );

  connection.onDocumentLinks(
    guarded<DocumentLinkParams, DocumentLink[]>('textDocument/documentLink', [], (homelab, file) =>
      documentLinks(homelab, file, uriOf),
    ),
  );

  connection.onCodeLens(
    guarded<CodeLensParams, CodeLens[]>('textDocument/codeLens', [], (homelab, file) =>
      codeLenses(homelab, file, { uriOf, opens: profile().options.opensPlaces === true }),
    ),
  );

  for (const [method, answer] of [
    ['nixosContainers/routeTargets', routeTargets],
    ['nixosContainers/containerTargets', containerTargets],
  ] as const) {
    connection.onRequest(
      method,
      guard.guard<CursorPlace, NavigationAnswer>(method, NO_TARGETS, ({ uri, position }) => {
        const file = files.file(uris.toPath(uri));
        const analysis = files.analysis();
        if (file === null || analysis === null) return NO_TARGETS;
        return answer(analysis.homelab, file, file.lines.offsetAt(position), uriOf);
      }),
    );
  }
}
