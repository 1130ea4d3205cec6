/** Makes a text box as tall as its text; its max-height in the style sheet says where that ends. */
export function grow(box: HTMLTextAreaElement): void {
  box.style.height = 'auto'
  // A box without layout (hidden, or not yet drawn) measures nothing and keeps its rows.
  const edges = box.offsetHeight - box.clientHeight
  if (box.scrollHeight > 0) box.style.height = `${box.scrollHeight + edges}px`
}
