/**
 * The names of nixpkgs' `lib` as of release 26.11, by the file that defines them. Names only: they tell what this engine
 * lacks from what does not exist. Read off with `builtins.attrNames`.
 */

function names(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** What the parts of `lib` hold: `attrsets` is `lib.attrsets`. */
export const PARTS: Readonly<Record<string, readonly string[]>> = {
  asserts: names('assertEachOneOf assertMsg assertOneOf checkAssertWarn'),
  attrsets: names(`
    attrByPath attrNames attrVals attrValues attrsToList cartesianProduct catAttrs chooseDevOutputs collect concatMapAttrs
    dontRecurseIntoAttrs filterAttrs filterAttrsRecursive foldAttrs foldlAttrs genAttrs genAttrs' getAttr getAttrFromPath getAttrs
    getBin getDev getFirstOutput getInclude getLib getMan getOutput getStatic hasAttr hasAttrByPath intersectAttrs isAttrs
    isDerivation listToAttrs longestValidPathPrefix mapAttrs mapAttrs' mapAttrsRecursive mapAttrsRecursiveCond mapAttrsToList
    mapAttrsToListRecursive mapAttrsToListRecursiveCond mapCartesianProduct matchAttrs mergeAttrsList nameValuePair optionalAttrs
    overrideExisting recurseIntoAttrs recursiveUpdate recursiveUpdateUntil removeAttrs setAttrByPath showAttrPath toDerivation
    unionOfDisjoint updateManyAttrsByPath zipAttrs zipAttrsWith zipAttrsWithNames
  `),
  cli: names(
    'toCommandLine toCommandLineGNU toCommandLineShell toCommandLineShellGNU toGNUCommandLine toGNUCommandLineShell',
  ),
  customisation: names(`
    callPackageWith callPackagesWith extendDerivation extendMkDerivation hydraJob makeOverridable makeScope makeScopeWithSplicing
    makeScopeWithSplicing' mapCrossIndex overrideDerivation renameCrossIndexFrom renameCrossIndexTo
  `),
  debug: names(`
    addErrorContext runTests testAllTrue throwTestFailures trace traceFnSeqN traceIf traceSeq traceSeqN traceVal traceValFn
    traceValSeq traceValSeqFn traceValSeqN traceValSeqNFn unsafeGetAttrPos
  `),
  derivations: names(
    'addDrvOutputDependencies lazyDerivation optionalDrvAttr unsafeDiscardOutputDependency warnOnInstantiate',
  ),
  fetchers: names('normalizeHash proxyImpureEnvVars withNormalizedHash'),
  fileset: names(`
    difference empty fileFilter fromSource gitTracked gitTrackedWith intersection isFileset maybeMissing toList toSource trace
    traceVal union unions
  `),
  filesystem: names(`
    baseNameOf dirOf hashFile haskellPathsInDir isPath listFilesRecursive locateDominatingFile packagesFromDirectoryRecursive
    pathIsDirectory pathIsRegularFile pathType readDir readFileType resolveDefaultNix
  `),
  fixedPoints: names(`
    composeExtensions composeManyExtensions converge extends fix fix' makeExtensible makeExtensibleWithCustomName toExtension
  `),
  flakes: names('flakeRefToString parseFlakeRef'),
  generators: names(`
    mkDconfKeyValue mkKeyValueDefault mkLuaInline mkValueStringDefault toDconfINI toDhall toGitINI toINI toINIWithGlobalSection
    toJSON toKeyValue toLua toPlist toPretty toYAML withRecursion
  `),
  gvariant: names(`
    intConstructors isGVariant mkArray mkBoolean mkDictionaryEntry mkDouble mkEmptyArray mkInt16 mkInt32 mkInt64 mkJust mkMaybe
    mkNothing mkObjectpath mkString mkTuple mkUchar mkUint16 mkUint32 mkUint64 mkValue mkVariant type
  `),
  kernel: names('freeform module no option unset whenHelpers yes'),
  lists: names(`
    all allUnique any commonPrefix compareLists concatAttrValues concatLists concatMap count crossLists drop dropEnd elem elemAt
    filter findFirst findFirstIndex findSingle flatten fold foldl foldl' foldr forEach genList groupBy groupBy' hasPrefix head
    ifilter0 imap0 imap1 init intersectLists isList last length listDfs map mutuallyExclusive naturalSort optional optionals
    partition range remove removePrefix replaceElemAt replicate reverseList singleton sort sortOn sublist subtractLists tail take
    takeEnd toList toposort unique uniqueStrings zipLists zipListsWith
  `),
  meta: names(`
    addMetaAttrs appendToName availableOn cpeFullVersionWithVendor defaultPriority dontDistribute getExe getExe'
    getLicenseFromSpdxId getLicenseFromSpdxIdOr hiPrio hiPrioSet licensesSpdx lowPrio lowPrioSet mapDerivationAttrset platformMatch
    setName setPrio updateName
  `),
  misc: names(`
    checkFlag checkReqs closePropagation closePropagationFast closePropagationSlow condConcat defaultMerge defaultMergeArg fakeHash
    fakeSha256 fakeSha512 foldArgs getValue ifEnable imap innerClosePropagation innerModifySumArgs lazyGenericClosure maybeAttr
    maybeAttrNullable maybeEnv mergeAttrBy mergeAttrByFunc mergeAttrsByFuncDefaults mergeAttrsByFuncDefaultsClean
    mergeAttrsConcatenateValues mergeAttrsNoOverride mergeAttrsWithFunc modifySumArgs nixType nvs setAttr setAttrMerge uniqList
    uniqListExt
  `),
  modules: names(`
    applyModuleArgsIfFunction collectModules defaultOrderPriority defaultOverridePriority dischargeProperties doRename evalModules
    evalOptionValue filterOverrides filterOverrides' fixMergeModules fixupOptionType importApply importJSON importTOML
    mapDefinitionValue mergeAttrDefinitionsWithPrio mergeDefinitions mergeModules mergeModules' mergeOptionDecls mkAfter
    mkAliasAndWrapDefinitions mkAliasAndWrapDefsWithPriority mkAliasDefinitions mkAliasIfDef mkAliasOptionModule
    mkAliasOptionModuleMD mkAssert mkBefore mkChangedOptionModule mkDefault mkDefinition mkDerivedConfig mkFixStrictness mkForce
    mkIf mkImageMediaOverride mkMerge mkMergedOptionModule mkOptionDefault mkOrder mkOverride mkRemovedOptionModule
    mkRenamedOptionModule mkRenamedOptionModuleWith mkVMOverride pushDownProperties setDefaultModuleLocation sortProperties
    unifyModuleSyntax
  `),
  network: names('ipv6'),
  'network.ipv6': names('fromString mkEUI64Suffix'),
  options: names(`
    getFiles getValues isOption literalCode literalExpression literalMD mergeDefaultOption mergeEqualOption mergeOneOption
    mergeUniqueOption mkEnableOption mkOption mkPackageOption mkSinkUndeclaredOptions optionAttrSetToDocList optionAttrSetToDocList'
    renderOptionValue scrubOptionValue showDefs showFiles showOption showOptionWithDefLocs unknownModule
  `),
  path: names('append hasPrefix hasStorePathPrefix removePrefix splitRoot subpath'),
  'path.subpath': names('components isValid join normalise'),
  sourceTypes: names('binaryBytecode binaryFirmware binaryNativeCode fromSource obfuscatedCode'),
  sources: names(`
    canCleanSource cleanSource cleanSourceFilter cleanSourceWith commitIdFromGitRepo filterSource pathHasContext pathIsGitRepo
    repoRevToName revOrTag shortRev sourceByGlobs sourceByRegex sourceFilesBySuffices trace urlToName
  `),
  strings: names(`
    addContextFrom appendContext charToInt cmakeBool cmakeFeature cmakeOptionType commonPrefixLength commonSuffixLength
    compareVersions concatImapStrings concatImapStringsSep concatLines concatMapAttrsStringSep concatMapStrings concatMapStringsSep
    concatStrings concatStringsSep elem elemAt enableFeature enableFeatureAs escape escapeC escapeNixIdentifier escapeNixString
    escapeRegex escapeShellArg escapeShellArgs escapeURL escapeXML fileContents filter fixedWidthNumber fixedWidthString
    floatToString fromJSON genList getName getVersion hasInfix hasPrefix hasSuffix head intersperse isAttrs
    isConvertibleWithToString isInt isList isPath isStorePath isString isStringLike isValidPosixName join levenshtein
    levenshteinAtMost lowerChars makeBinPath makeIncludePath makeLibraryPath makeSearchPath makeSearchPathOutput match mesonBool
    mesonEnable mesonOption nameFromURL normalizePath optionalString parseDrvName readFile removePrefix removeSuffix replaceString
    replaceStrings replicate sanitizeDerivationName split splitString splitStringBy storeDir stringAsChars stringLength
    stringToCharacters substring tail toCamelCase toInt toIntBase10 toJSON toLower toSentenceCase toShellVar toShellVars toUpper
    trim trimWith typeOf unsafeDiscardStringContext upperChars versionAtLeast versionOlder withFeature withFeatureAs
  `),
  stringsWithDeps: names('fullDepEntry noDepEntry packEntry stringAfter textClosureList textClosureMap'),
  systems: names(
    'architectures doubles elaborate equals examples flakeExposed functionNames inspect parse platforms systemToAttrs',
  ),
  trivial: names(`
    add and bitAnd bitNot bitOr bitXor boolToString boolToYesNo ceil checkListOfEnum codeName compare concat const deepSeq defaultTo
    div flip floor fromHexString functionArgs genericClosure id importJSON importTOML inNixShell inPureEvalMode info isBool isFloat
    isFunction isInOldestRelease isInt lessThan mapNullable max mergeAttrs min mirrorFunctionArgs mod mul nixpkgsVersion
    oldestSupportedRelease oldestSupportedReleaseIsAtLeast or pathExists pipe readFile release revisionWithDefault seq
    setFunctionArgs showWarnings splitByAndCompare sub throwIf throwIfNot toBaseDigits toFunction toHexString version versionSuffix
    warn warnIf warnIfNot xor
  `),
  types: names(`
    addCheck anything attrListOf attrListWith attrTag attrs attrsOf attrsWith bool boolByOr coercedTo commas defaultFunctor
    defaultTypeMerge deferredModule deferredModuleWith either enum envVar externalPath fileset float functionTo int ints
    isOptionType isType json lazyAttrsOf lines listOf loaOf luaInline mergeTypes mkOptionType noCheckForDocsModule nonEmptyListOf
    nonEmptyStr nullOr number numbers oneOf optionDeclaration optionDescriptionPhrase optionType package passwdEntry path
    pathInStore pathWith pkgs port raw separatedString serializableValueWith setType shellPackage singleLineStr str strMatching
    submodule submoduleWith toml types uniq unique unspecified
  `),
  versions: names('compareVersions major majorMinor minor pad patch splitVersion'),
};

/** What `lib` itself shows of its parts, and of the builtins. Source: nixpkgs lib/default.nix. */
export const SHOWN: Readonly<Record<string, readonly string[]>> = {
  asserts: names('assertMsg assertOneOf'),
  attrsets: names(`
    attrByPath attrNames attrVals attrValues attrsToList cartesianProduct catAttrs chooseDevOutputs collect concatMapAttrs
    dontRecurseIntoAttrs filterAttrs filterAttrsRecursive foldAttrs foldlAttrs genAttrs genAttrs' getAttr getAttrFromPath getAttrs
    getBin getDev getFirstOutput getInclude getLib getMan getOutput getStatic hasAttr hasAttrByPath intersectAttrs isAttrs
    isDerivation listToAttrs mapAttrs mapAttrs' mapAttrsRecursive mapAttrsRecursiveCond mapAttrsToList mapAttrsToListRecursive
    mapAttrsToListRecursiveCond mapCartesianProduct matchAttrs mergeAttrsList nameValuePair optionalAttrs overrideExisting
    recurseIntoAttrs recursiveUpdate recursiveUpdateUntil removeAttrs setAttrByPath showAttrPath toDerivation updateManyAttrsByPath
    zipAttrs zipAttrsWith zipAttrsWithNames
  `),
  builtins: names(`
    convertHash fromJSON fromTOML getContext hasContext hashString parseDrvName placeholder toFile toJSON toString toXML tryEval
  `),
  customisation: names(`
    callPackageWith callPackagesWith extendDerivation extendMkDerivation hydraJob makeOverridable makeScope makeScopeWithSplicing
    makeScopeWithSplicing' mapCrossIndex overrideDerivation renameCrossIndexFrom renameCrossIndexTo
  `),
  debug: names(`
    addErrorContext runTests testAllTrue trace traceFnSeqN traceIf traceSeq traceSeqN traceVal traceValFn traceValSeq traceValSeqFn
    traceValSeqN traceValSeqNFn unsafeGetAttrPos
  `),
  derivations: names(
    'addDrvOutputDependencies lazyDerivation optionalDrvAttr unsafeDiscardOutputDependency warnOnInstantiate',
  ),
  filesystem: names(`
    baseNameOf dirOf hashFile isPath packagesFromDirectoryRecursive pathIsDirectory pathIsRegularFile pathType readDir readFileType
  `),
  fixedPoints: names(`
    composeExtensions composeManyExtensions converge extends fix fix' makeExtensible makeExtensibleWithCustomName toExtension
  `),
  flakes: names('flakeRefToString parseFlakeRef'),
  generators: names('mkLuaInline'),
  lists: names(`
    all allUnique any compareLists concatAttrValues concatLists concatMap count crossLists drop dropEnd elem elemAt filter findFirst
    findSingle flatten fold foldl foldl' foldr forEach genList groupBy groupBy' head ifilter0 imap0 imap1 init intersectLists isList
    last length listDfs map mutuallyExclusive naturalSort optional optionals partition range remove replaceElemAt replicate
    reverseList singleton sort sortOn sublist subtractLists tail take takeEnd toList toposort unique uniqueStrings zipLists
    zipListsWith
  `),
  meta: names(`
    addMetaAttrs appendToName dontDistribute getExe getExe' getLicenseFromSpdxId getLicenseFromSpdxIdOr hiPrio hiPrioSet
    licensesSpdx lowPrio lowPrioSet mapDerivationAttrset setName setPrio updateName
  `),
  misc: names(`
    checkFlag checkReqs closePropagation condConcat defaultMerge defaultMergeArg fakeHash fakeSha256 fakeSha512 foldArgs getValue
    ifEnable imap innerClosePropagation innerModifySumArgs lazyGenericClosure maybeAttr maybeAttrNullable maybeEnv mergeAttrBy
    mergeAttrByFunc mergeAttrsByFuncDefaults mergeAttrsByFuncDefaultsClean mergeAttrsConcatenateValues mergeAttrsNoOverride
    mergeAttrsWithFunc modifySumArgs nixType nvs setAttr setAttrMerge uniqList uniqListExt
  `),
  modules: names(`
    applyModuleArgsIfFunction dischargeProperties doRename evalModules filterOverrides fixMergeModules fixupOptionType
    mergeDefinitions mergeModules mergeModules' mergeOptionDecls mkAfter mkAliasAndWrapDefinitions mkAliasDefinitions
    mkAliasOptionModule mkAliasOptionModuleMD mkAssert mkBefore mkChangedOptionModule mkDefault mkDefinition mkDerivedConfig
    mkFixStrictness mkForce mkIf mkImageMediaOverride mkMerge mkMergedOptionModule mkOptionDefault mkOrder mkOverride
    mkRemovedOptionModule mkRenamedOptionModule mkRenamedOptionModuleWith mkVMOverride pushDownProperties setDefaultModuleLocation
    sortProperties unifyModuleSyntax
  `),
  'network.ipv6': names('mkEUI64Suffix'),
  options: names(`
    getFiles getValues isOption literalExpression literalMD mergeDefaultOption mergeEqualOption mergeOneOption mergeUniqueOption
    mkEnableOption mkOption mkPackageOption mkSinkUndeclaredOptions optionAttrSetToDocList optionAttrSetToDocList' scrubOptionValue
    showFiles showOption showOptionWithDefLocs unknownModule
  `),
  sources: names(`
    canCleanSource cleanSource cleanSourceFilter cleanSourceWith commitIdFromGitRepo filterSource pathHasContext pathIsGitRepo
    repoRevToName revOrTag sourceByRegex sourceFilesBySuffices
  `),
  strings: names(`
    addContextFrom appendContext cmakeBool cmakeFeature cmakeOptionType concatImapStrings concatImapStringsSep concatLines
    concatMapAttrsStringSep concatMapStrings concatMapStringsSep concatStrings concatStringsSep enableFeature enableFeatureAs escape
    escapeRegex escapeShellArg escapeShellArgs escapeURL escapeXML fileContents fixedWidthNumber fixedWidthString getName getVersion
    hasInfix hasPrefix hasSuffix intersperse isStorePath isString isStringLike isValidPosixName join lowerChars makeBinPath
    makeIncludePath makeLibraryPath makeSearchPath makeSearchPathOutput match mesonBool mesonEnable mesonOption nameFromURL
    optionalString removePrefix removeSuffix replaceString replaceStrings split splitString splitStringBy stringAsChars stringLength
    stringToCharacters substring toCamelCase toInt toIntBase10 toLower toSentenceCase toShellVar toShellVars toUpper trim trimWith
    typeOf unsafeDiscardStringContext upperChars versionAtLeast versionOlder withFeature withFeatureAs
  `),
  stringsWithDeps: names('fullDepEntry noDepEntry packEntry stringAfter textClosureList textClosureMap'),
  trivial: names(`
    add and bitAnd bitNot bitOr bitXor boolToString boolToYesNo ceil checkListOfEnum compare concat const deepSeq defaultTo div flip
    floor fromHexString functionArgs genericClosure id importJSON importTOML inNixShell inPureEvalMode info isBool isFloat
    isFunction isInOldestRelease isInt lessThan mapNullable max mergeAttrs min mirrorFunctionArgs mod mul nixpkgsVersion
    oldestSupportedReleaseIsAtLeast or pathExists pipe readFile seq setFunctionArgs showWarnings splitByAndCompare sub throwIf
    throwIfNot toBaseDigits toFunction toHexString version warn warnIf warnIfNot xor
  `),
  types: names('defaultFunctor defaultTypeMerge isOptionType isType mkOptionType setType'),
  versions: names('compareVersions splitVersion'),
};

/** Sets of `lib` that hold what only nixpkgs knows: people. */
export const OUTSIDE = names('maintainers teams');

/** Names of `lib` in other releases that people still use, and of the `lib` of nixpkgs' flake. */
export const ELSEWHERE = names(`
  addErrorContextToAttrs cartesianProductOfSets haskellPathsInDir literalDocBook literalExample mdDoc
  mkPackageOptionMD nixos nixosSystem readPathsFromFile traceValIfNot traceXMLVal zip
`);
