import { examples, shapes } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib (`with import ./lib; …`). */

examples('lib.systems', [
  [
    'let e = systems.elaborate "x86_64-linux"; in [ e.system e.config e.isLinux e.isx86_64 e.isAarch64 e.isMusl e.libc e.linuxArch ]',
    '[ "x86_64-linux" "x86_64-unknown-linux-gnu" true true false false "glibc" "x86_64" ]',
  ],
  [
    'let e = systems.elaborate "aarch64-linux"; in [ e.system e.config e.isLinux e.isx86_64 e.isAarch64 e.isMusl e.libc e.linuxArch ]',
    '[ "aarch64-linux" "aarch64-unknown-linux-gnu" true false true false "glibc" "arm64" ]',
  ],
  [
    'let e = systems.elaborate "aarch64-darwin"; in [ e.system e.config e.isLinux e.isDarwin e.isAarch64 e.isUnix e.libc e.darwinArch ]',
    '[ "aarch64-darwin" "arm64-apple-darwin" false true true true "libSystem" "arm64" ]',
  ],
  [
    'let e = systems.elaborate "armv7l-linux"; in [ e.config e.isAarch32 e.isArmv7 e.parsed.abi e.linuxArch ]',
    '[ "armv7l-unknown-linux-gnueabihf" true true { _type = "abi"; eabi = true; float = "hard"; name = "gnueabihf"; } "arm" ]',
  ],
  [
    'let e = systems.elaborate { config = "aarch64-unknown-linux-musl"; }; in [ e.system e.isMusl e.isGnu e.extensions ]',
    '[ "aarch64-linux" true false { executable = ""; library = ".so"; sharedLibrary = ".so"; staticLibrary = ".a"; } ]',
  ],
  ['(systems.elaborate systems.examples.riscv64).system', '"riscv64-linux"'],
  ['(systems.elaborate { system = "x86_64-linux"; isStatic = true; }).isStatic', 'true'],
  [
    '(systems.elaborate "x86_64-linux").parsed.cpu',
    '{ _type = "cpu-type"; arch = "x86-64"; bits = 64; family = "x86"; name = "x86_64"; significantByte = { _type = "significant-byte"; name = "littleEndian"; }; }',
  ],
  [
    '(systems.elaborate "x86_64-linux").parsed.kernel',
    '{ _type = "kernel"; execFormat = { _type = "exec-format"; name = "elf"; }; families = { }; name = "linux"; }',
  ],
  [
    '(systems.elaborate "x86_64-darwin").uname',
    '{ processor = "x86_64"; release = null; system = "Darwin"; }',
  ],
  ['systems.equals (systems.elaborate "x86_64-linux") (systems.elaborate "aarch64-linux")', 'false'],
  [
    'systems.parse.doubleFromSystem (systems.parse.mkSystemFromString "aarch64-unknown-linux-gnu")',
    '"aarch64-linux"',
  ],
  ['systems.inspect.predicates.isLinux (systems.parse.mkSystemFromString "aarch64-darwin")', 'false'],
  ['systems.systemToAttrs "x"', '{ system = "x"; }'],
  ['elem "aarch64-linux" platforms.linux', 'true'],
  ['elem "x86_64-darwin" platforms.unix', 'true'],
  ['elem "x86_64-linux" systems.doubles.x86_64', 'true'],
  ['platforms.none', '[ ]'],
  ['systems.examples.musl64', '{ config = "x86_64-unknown-linux-musl"; }'],
]);

shapes('what releases differ in', [
  ['lib.systems.elaborate "nosuch-linux"', '?'],
  ['lib.systems.elaborate "x86_64-unknown-kernel-abi"', '?'],
  ['(lib.systems.elaborate "x86_64-linux").rust', '?'],
  ['(lib.systems.elaborate { config = outside; }).isLinux', '?'],
  ['(lib.systems.elaborate { system = "x86_64-linux"; gcc.arch = "znver3"; }).isx86_64', 'true'],
  ['(lib.systems.elaborate { system = "x86_64-linux"; gcc.arch = "znver3"; }).libc', '?'],
  ['elem "x86_64-linux" lib.platforms.darwin', '?'],
  ['lib.systems.equals (lib.systems.elaborate "x86_64-linux") (lib.systems.elaborate "x86_64-linux")', '?'],
  ['lib.systems.architectures', '?'],
  ['lib.platforms.nosuch', '?'],
]);
