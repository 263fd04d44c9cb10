/** Reads booleans of a metadata element where Salesforce reads them, and finds misplaced ones. */
import type { MisplacedSwitch, Place, RuleSwitch, SwitchFact } from '../history/settings.ts';
import { oneLine } from '../../reports/text/printable.ts';
import type { XmlComment, XmlElement } from './xml.ts';

/** Namespace of all metadata. */
export const METADATA = 'http://soap.sforce.com/2006/04/metadata';

const RULE_SWITCHES: readonly RuleSwitch[] = ['isPkceRequired', 'isRefreshTokenRotationEnabled'];

/** Returns where an element is in the file. */
export function placeOf(file: string, { line, column }: { readonly line: number; readonly column: number }): Place {
  return { file, line, column };
}

/** Returns the direct children of that name in the namespace of metadata. */
export function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name && child.namespace === METADATA);
}

/** Collapses white space as XML Schema does: space, tab, line feed and carriage return only (XML Schema 2 §4.3.6). */
export function collapsed(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

/** Returns the text of a direct child, shortened and printable; undefined when it is absent or empty. */
export function textOf(parent: XmlElement, name: string, limit = 200): string | undefined {
  const child = childrenOf(parent, name)[0];
  const text = child === undefined ? '' : oneLine(collapsed(child.text), limit);
  return text === '' ? undefined : text;
}

/** Reads `parent/name` as xsd:boolean: only true, 1, false and 0 (XML Schema 2 §3.2.2). */
export function readSwitch(file: string, parent: XmlElement, name: string): SwitchFact {
  const found = childrenOf(parent, name);
  const [element] = found;
  if (element === undefined) return { state: 'absent', place: placeOf(file, parent) };
  const place = placeOf(file, found.at(-1) ?? element);
  const states = found.map(stateOf);
  if (found.length > 1) {
    // Which of several values Salesforce uses is not documented; only a unanimous "false" needs no guess.
    if (states.every((state) => state === 'false')) return { state: 'false', place };
    return { state: 'repeated', text: `${String(found.length)} times`, place };
  }
  const state = states[0] ?? 'unreadable';
  if (state !== 'unreadable') return { state, place };
  return { state, text: element.children.length > 0 ? 'elements' : oneLine(collapsed(element.text), 40), place };
}

function stateOf(element: XmlElement): 'true' | 'false' | 'unreadable' {
  if (element.nil || element.children.length > 0) return 'unreadable';
  const text = collapsed(element.text);
  if (text === 'true' || text === '1') return 'true';
  return text === 'false' || text === '0' ? 'false' : 'unreadable';
}

/** Returns every element below `root` with the name of a switch of the rule that is not a direct child of one of `homes` in the metadata
 * namespace and the right spelling. */
export function misplacedSwitches(
  file: string,
  root: XmlElement,
  homes: readonly XmlElement[],
): readonly MisplacedSwitch[] {
  const found: MisplacedSwitch[] = [];
  const visit = (element: XmlElement, path: string): void => {
    for (const child of element.children) {
      const here = `${path}/${child.name}`;
      const wanted = RULE_SWITCHES.find((name) => name.toLowerCase() === child.name.toLowerCase());
      if (wanted !== undefined) {
        const reason =
          child.name !== wanted
            ? 'spelling'
            : child.namespace !== METADATA
              ? 'namespace'
              : homes.includes(element)
                ? undefined
                : 'place';
        if (reason !== undefined) {
          found.push({ switch: wanted, reason, path: oneLine(here, 200), place: placeOf(file, child) });
        }
      }
      visit(child, here);
    }
  };
  visit(root, root.name);
  return found.slice(0, 50);
}

/** Returns the switches whose element is in a comment. */
export function commentedOut(
  file: string,
  comments: readonly XmlComment[],
): readonly { readonly switch: RuleSwitch; readonly place: Place }[] {
  return comments
    .flatMap((comment) =>
      RULE_SWITCHES.filter((name) => comment.text.includes(`<${name}>`)).map((name) => ({
        switch: name,
        place: placeOf(file, comment),
      })),
    )
    .slice(0, 10);
}
