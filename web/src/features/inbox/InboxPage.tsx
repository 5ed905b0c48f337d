/** Conversaciones: who needs a person, and what happens elsewhere. On a phone the panes are stacked routes. */
import { Outlet, useParams } from '@tanstack/react-router';
import { ConversationList } from './ConversationList';
import styles from './Inbox.module.css';

export function InboxPage() {
  const { conversationId } = useParams({ strict: false });
  return (
    <div className={styles['inbox']} data-open={conversationId !== undefined}>
      <ConversationList />
      <Outlet />
    </div>
  );
}
