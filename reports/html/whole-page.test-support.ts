/** The page with everything built, as text: what a reader sees who opens all that is folded. */
import type { Child, Packed } from './later.ts';

/** Puts each part where the page has a place for it. */
export function wholePage(page: string): string {
  const data = /<script type="application\/json" id="later">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '{}';
  const { elements, parts } = JSON.parse(data) as Packed;
  const html = (child: Child): string => {
    if (typeof child === 'string') return escaped(child);
    const [tagAndClass, ...rest] = elements[child] ?? ['missing'];
    const [tag = '', ...names] = tagAndClass.split('.');
    const children = rest.filter((one) => typeof one !== 'object');
    const own = rest.find((one) => typeof one === 'object') ?? {};
    const list = Object.entries(names.length === 0 ? own : { class: names.join('.'), ...own });
    const start = `<${tag}${list.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')}>`;
    return filled(`${start}${children.map(html).join('')}</${tag}>`);
  };
  const filled = (text: string): string =>
    text.replace(/(<div class="later" data-later="([^"]*)">)<\/div>/g, (_, start: string, name: string) => {
      const part = parts[name.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')];
      return `${start}${(part ?? ['MISSING']).map(html).join('')}</div>`;
    });
  return filled(page.replace(data, ''));
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
