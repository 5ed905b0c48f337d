import { describe, expect, it } from 'vitest';
import { embedCode, type Source } from './queries';

describe('the code for another page', () => {
  it('holds the address, and a name cannot break out of it', () => {
    const code = embedCode({ url: 'https://crm.example/f/abc', name: '"><script>' } as Source);
    expect(code).toContain('src="https://crm.example/f/abc"');
    expect(code).not.toContain('<script>');
    expect(code.match(/<iframe /g)).toHaveLength(1);
  });
});
