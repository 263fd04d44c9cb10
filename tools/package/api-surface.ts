/** Writes down what the entry points of the package export, so that nothing changes by accident. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
};

/** Returns a section for each entry point: every export with its declaration, without bodies and comments, sorted by name. */
export function apiSurface(): string {
  const entries = Object.entries(exports).flatMap(([name, target]) =>
    typeof target === 'string' ? [] : [{ name, file: root + sourceOf(target.types) }],
  );
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    readonly config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    { ...options, incremental: false },
  );
  const checker = program.getTypeChecker();
  return entries
    .map(({ name, file }) => {
      const source = program.getSourceFile(file);
      const module = source && checker.getSymbolAtLocation(source);
      if (module === undefined) throw new Error(`${file} is not a module.`);
      const all = checker.getExportsOfModule(module).map((symbol) => textOf(symbol, checker));
      return [`## sf-conformance${name.slice(1)}`, '', ...all.toSorted(), ''].join('\n');
    })
    .join('\n');
}

/** `./dist/src/index.d.ts` is made from `src/index.ts`. */
const sourceOf = (types: string): string => types.replace('./dist/', '').replace('.d.ts', '.ts');

const printer = ts.createPrinter({ removeComments: true });

function textOf(exported: ts.Symbol, checker: ts.TypeChecker): string {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) throw new Error(`${exported.name} is not declared.`);
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration))
    return printer.printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile());
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  const kind = ts.isClassDeclaration(declaration) ? 'class' : 'const';
  return `${kind} ${exported.name}: ${checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)}`;
}
