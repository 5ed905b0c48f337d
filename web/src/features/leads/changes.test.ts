import { describe, expect, it } from 'vitest';
import { changed, wayBack } from './changes';
import { aLead } from './sample';

describe('an edit', () => {
  it('begins a stage anew only where the stage is another', () => {
    const lead = aLead({ stage_key: 'new', stage_since: 'then' });
    expect(changed(lead, { stage_key: 'won' }, 'now')).toMatchObject({ stage_key: 'won', stage_since: 'now' });
    expect(changed(lead, { stage_key: 'new', company: 'Acme' }, 'now')).toMatchObject({ stage_since: 'then', company: 'Acme' });
  });

  it('goes back to each lead’s former value, alike ones in one call', () => {
    const leads = [
      aLead({ id: 1, stage_key: 'new' }),
      aLead({ id: 2, stage_key: 'lost', lost_reason: 'Precio' }),
      aLead({ id: 3, stage_key: 'new' }),
    ];
    expect(wayBack(leads, { stage_key: 'lost', lost_reason: 'Otro' })).toEqual([
      { ids: [1, 3], change: { stage_key: 'new', lost_reason: null } },
      { ids: [2], change: { stage_key: 'lost', lost_reason: 'Precio' } },
    ]);
  });

  it('of nobody’s lead goes back to nobody', () => {
    expect(wayBack([aLead({ id: 4 })], { owner_user_id: 7 })).toEqual([{ ids: [4], change: { owner_user_id: null } }]);
  });
});
