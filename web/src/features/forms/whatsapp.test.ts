import { describe, expect, it } from 'vitest';
import { whatsappLink } from './whatsapp';

describe('a link to a chat', () => {
  it('has the number in digits and the first words whole', () => {
    expect(whatsappLink('+54 9 11 2345-6789', ' Hola, ¿precio & plazo? ')).toBe(
      'https://wa.me/5491123456789?text=Hola%2C%20%C2%BFprecio%20%26%20plazo%3F',
    );
  });

  it('has no words where there are none', () => {
    expect(whatsappLink('+5491123456789', '  ')).toBe('https://wa.me/5491123456789');
  });
});
