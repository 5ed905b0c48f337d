/** A passage without the line that it begins with where that is its heading, which stands above it already. */
export function withoutHeading(text: string): string {
  return text.replace(/^#{1,6}[ \t]+[^\n]*\n+(?=\S)/, '');
}
