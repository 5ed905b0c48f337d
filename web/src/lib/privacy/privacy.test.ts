import { describe, expect, it } from 'vitest';
import { exportAddress, isConfirmed } from './privacy';

describe('a person is named and confirmed', () => {
  it('takes the name in any case, and nothing less', () => {
    expect(isConfirmed(' ana RUIZ ', 'Ana Ruiz')).toBe(true);
    expect(isConfirmed('Ana', 'Ana Ruiz')).toBe(false);
    expect(isConfirmed('', 'Ana Ruiz')).toBe(false);
  });

  it('saves from the address of the one who is meant', () => {
    expect(exportAddress({ lead_id: 7 })).toBe('/crm/privacy/export.zip?lead_id=7');
    expect(exportAddress({ client_id: 8 })).toBe('/crm/privacy/export.zip?client_id=8');
  });
});
