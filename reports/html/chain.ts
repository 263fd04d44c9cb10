/** Renders a token family as a chain of its refresh tokens, with the requests that sent each. */
import type { ChainLink, FamilyChain } from '../evidence/families.ts';
import { count } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { anchor, markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Number of links at each end of a long chain that are always shown. */
const ENDS = 4;

/** Renders the chain; tokens in the middle that were sent once are folded. */
export function chain(family: FamilyChain, context: PageContext): Html {
  const { links } = family;
  const middle = links.slice(ENDS, -ENDS).filter(({ uses }) => uses.length <= 1);
  const folded = middle.length > ENDS ? new Set(middle) : new Set<ChainLink>();
  const firstFolded = links.find((link) => folded.has(link));
  return markup`<div class="family">
    <h3>Token family ${family.family} <span class="muted">${sentence(family)}</span></h3>
    <ol class="chain">
      ${links.map((link) =>
        folded.has(link)
          ? link === firstFolded &&
            markup`<li class="link folded">… ${count(folded.size, 'token')}, each sent at most once …</li>`
          : token(link, context),
      )}
      ${family.revoked !== undefined && markup`<li class="link bad"><strong>${icon('fail')} Family revoked</strong><span>${family.revoked.reason}</span></li>`}
    </ol>
  </div>`;
}

function sentence({ links, contested }: FamilyChain): string {
  const twice = links.filter(({ uses }) => uses.length > 1);
  if (!contested) return `${count(links.length, 'refresh token')}, none sent twice`;
  return twice.map(({ label, uses }) => `${label} was sent ${String(uses.length)} times`).join(', ');
}

function token({ label, generation, uses }: ChainLink, { selection }: PageContext): Html {
  return markup`<li class=${`link ${uses.length > 1 ? 'bad' : ''}`}>
    <strong>${uses.length > 1 && icon('alert')} ${label}</strong>
    <span class="muted small">${generation === 0 ? 'from the login' : `from rotation ${String(generation)}`}</span>
    ${
      uses.length === 0
        ? markup`<span class="small muted">not sent</span>`
        : uses
            .slice(0, 6)
            .map(
              ({ seq, outcome }) =>
                markup`<span class="small">${selection.shows(seq) ? markup`<a href=${`#${anchor('event', seq)}`}>#${seq}</a>` : `#${String(seq)}`} ${outcome}</span>`,
            )
    }
    ${uses.length > 6 && markup`<span class="small muted">and ${uses.length - 6} more</span>`}
  </li>`;
}
