/** What the extension is called, where a person reads it. */
export const EXTENSION_NAME = 'NixOS Containers';
