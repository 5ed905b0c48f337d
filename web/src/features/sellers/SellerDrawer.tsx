/** A seller's profile: whether they take meetings, when they work, what is free then, their skills and days off. */
import { Drawer, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { can, useMe } from '@/lib/session/session';
import { CalendarPart } from './CalendarPart';
import { DaysOff } from './DaysOff';
import { HoursForm } from './HoursForm';
import { NextFree } from './NextFree';
import { PhotoPart } from './PhotoPart';
import { ProfileForm } from './ProfileForm';
import { profileQuery, type Profile } from './queries';
import { Results } from './Results';
import styles from './Sellers.module.css';
import { useChangeSeller } from './useProfile';

interface Props {
  readonly id: number;
  readonly onClose: () => void;
}

export default function SellerDrawer({ id, onClose }: Props) {
  const { t } = useTranslation();
  const query = useQuery(profileQuery(id));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(640px, 100%)"
      title={query.data?.seller.name ?? t('place.sellers')}
      closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
    >
      {query.isPending && <Waiting rows={6} height={48} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Parts profile={query.data} />}
    </Drawer>
  );
}

/** Each part stands alone: another one about the same seller, such as a calendar of theirs, joins this list. */
function Parts({ profile }: { readonly profile: Profile }) {
  const me = useMe();
  const { seller, days_off: days } = profile;
  const managing = can(me, 'sellers.manage');
  const editing = managing || (can(me, 'sellers.write') && seller.user_id === me.user.id);
  return (
    <Stack gap="xl" className={styles['parts'] ?? ''}>
      <PhotoPart seller={seller} editing={editing} />
      {managing && <Taking profile={profile} />}
      <HoursForm seller={seller} editing={editing} />
      {seller.active && !seller.suspended && <NextFree seller={seller} />}
      {can(me, 'agenda.read') && <CalendarPart seller={seller.id} />}
      <DaysOff seller={seller} days={days} editing={editing} />
      <Results seller={seller} managing={managing} />
      <ProfileForm seller={seller} editing={editing} managing={managing} />
    </Stack>
  );
}

function Taking({ profile: { seller } }: { readonly profile: Profile }) {
  const { t } = useTranslation();
  const { change } = useChangeSeller(seller);
  return (
    <Switch
      label={t('sellers.taking')}
      description={seller.suspended ? t('sellers.takingSuspended') : t('sellers.takingHint')}
      checked={seller.active}
      onChange={(event) => {
        const active = event.currentTarget.checked;
        const { name } = seller;
        change({ active }, active ? t('sellers.said.active', { name }) : t('sellers.said.inactive', { name }));
      }}
    />
  );
}
