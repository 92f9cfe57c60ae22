// Measures what is on the screen: how large everything to press is, and how well every word can be read.
(() => {
  const visible = (it) => it.checkVisibility({ checkVisibilityCSS: true }) && !it.closest('.unseen') && it.getClientRects().length;

  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a),
    g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a),
    a: 1,
  });
  const ground = (it) => {
    if (!it) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parse(getComputedStyle(it).backgroundColor);
    return own.a === 1 ? own : over(own, ground(it.parentElement));
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const it = part / 255;
      return it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  const small = [...document.querySelectorAll('button, a[href], input, textarea, summary')]
    .filter((it) => visible(it) && !it.matches('.skip'))
    .filter((it) => it.offsetHeight < 47.5 || it.offsetWidth < 47.5)
    .map((it) => `${it.tagName} ${it.className} "${it.textContent.trim()}" ${it.offsetWidth}x${it.offsetHeight}`);

  const walker = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
  const faint = [];
  for (let node; (node = walker.nextNode()); ) {
    const it = node.parentElement;
    if (!node.textContent.trim() || !visible(it) || it.closest('script, noscript')) continue;
    const back = ground(it);
    const ratio = contrast(over(parse(getComputedStyle(it).color), back), back);
    if (ratio < 7) faint.push(`${ratio.toFixed(1)} "${node.textContent.trim().slice(0, 40)}"`);
  }

  const unnamed = [...document.querySelectorAll('button, input:not([type=file]), textarea, img, [role]')]
    .filter((it) => visible(it))
    .filter((it) => !(it.ariaLabel || it.textContent.trim() || it.alt || it.labels?.length || it.matches('ol, p')))
    .map((it) => it.outerHTML.slice(0, 80));

  const wide = document.documentElement.scrollWidth > innerWidth;
  return { small, faint, unnamed, wide };
})();
