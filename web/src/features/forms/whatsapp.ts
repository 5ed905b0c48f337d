/** A link that opens a chat with the company's number, its first words written already. */
export function whatsappLink(number: string, text: string): string {
  const said = text.trim();
  return `https://wa.me/${number.replace(/\D/g, '')}${said ? `?text=${encodeURIComponent(said)}` : ''}`;
}
