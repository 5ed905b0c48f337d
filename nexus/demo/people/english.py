"""People who write in English: from the United States, Canada and Britain, in numbers kept for fiction."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from nexus.demo.person import Person

_PEOPLE: Final = (
    Person(
        name="Emily Carter",
        phone="+14155550108",
        ago="1 min",
        unread=1,
        source="form",
        talk="""
        > Hi! Do you integrate with Google Calendar?
        """,
    ),
    Person(
        name="Daniel Brooks",
        phone="+447700900109",
        ago="5 h",
        stage="contacted",
        interest="cold",
        score=25,
        talk="""
        > Hello, is there a free trial?
        < Hi Daniel! There is a demo you can try right away. How big is your team?
        > Just me for now
        < Then the starter plan is plenty. Shall I send you the details?
        > Maybe later in the year, thanks
        """,
    ),
    Person(
        name="Olivia Bennett",
        phone="+12125550147",
        ago="22 min",
        stage="meeting",
        owner="closer",
        interest="hot",
        score=89,
        need="Booking for a group of dental offices",
        company="Bennett Dental Group",
        email="olivia@bennett.example",
        value="9600 USD",
        meeting="closer +1 16:30",
        talk="""
        > Hi, we run six dental offices and no-shows are killing us
        < Hi Olivia! That is exactly what we fix. Roughly how many appointments a week?
        > about 900 across all offices
        < Thanks. Martín can walk you through how confirmations work at that size.
        = These are his next free times (Buenos Aires time): | {slot} | {slot2} | {slot3}
        >* {slot}
        < You are booked with Martín: {slot}. I will send a reminder before.
        > Great, our ops manager will join too
        """,
    ),
    Person(
        name="James Whitfield",
        phone="+447700900118",
        ago="2 h",
        stage="qualified",
        owner="professional",
        interest="warm",
        score=62,
        need="Follow-up for a letting agency",
        company="Whitfield Lettings",
        value="2800 USD",
        talk="""
        > Hello. We're a letting agency in Leeds, nine negotiators
        < Hello, James! Where do most enquiries come from?
        > Portals, then they WhatsApp us. Half go cold before anyone replies
        < An instant first reply usually rescues those. What would you want it to ask them?
        > Budget, move date, pets. The usual
        <- I can do that from day one. Would you like to see it on a short call?
        """,
    ),
    Person(
        name="Sarah Nguyen",
        phone="+13105550133",
        ago="38 min",
        stage="qualified",
        interest="hot",
        score=75,
        need="Intake for a physiotherapy clinic",
        company="Stride Physio",
        value="3400 USD",
        waits="person_requested",
        unread=1,
        talk="""
        > Hello! Physio clinic here, 5 therapists
        < Hi Sarah! What would you like to improve first?
        > Intake. New patients wait days for a reply
        < They could have an appointment within a minute. When would you like to start?
        > next month. Before that I need to talk to a human about HIPAA
        < Of course. I have asked the team and somebody will write to you shortly.
        """,
    ),
    Person(
        name="Michael Torres",
        phone="+13055550163",
        ago="4 h",
        stage="contacted",
        owner="closer",
        interest="warm",
        score=56,
        need="Scheduling for a moving company",
        company="Torres Movers",
        value="2100 USD",
        meeting="closer -2 17:30 no_show",
        talk="""
        > Hey, can this schedule estimates for a moving company?
        < Hi Michael! Yes, including the address and the size of the move. Would {day} at {hour} work for a call?
        > sure
        < Done: {slot} with Martín.
        ... 1 d
        @ Hi Michael, Martín here. I waited a few minutes on our call. Shall we find another time?
        > Sorry man, truck broke down. Monday?
        """,
        unread=1,
    ),
    Person(
        name="Grace Sullivan",
        phone="+16175550172",
        ago="2 d",
        stage="won",
        owner="professional",
        interest="hot",
        score=94,
        need="Class booking for two yoga studios",
        company="Harbor Yoga",
        email="grace@harboryoga.example",
        value="4200 USD",
        meeting="professional -5 14:00",
        closed=True,
        talk="""
        > Loved the demo, thank you Laura
        @ My pleasure, Grace! The agreement for both studios is in your inbox.
        > Signed. Can we go live before the holidays?
        @ Absolutely. Sandra will set up your classes this week.
        > Amazing, thank you!
        """,
    ),
    Person(
        name="Liam O'Connor",
        phone="+447700900127",
        ago="10 d",
        stage="lost",
        owner="closer",
        interest="cold",
        score=20,
        closed=True,
        talk="""
        > Do you have an Android tablet app for the front desk?
        < Hi Liam! It runs in the browser of any tablet, but there is no app in the store.
        > We need it offline. Thanks anyway
        < Understood. Thanks for asking, Liam.
        """,
    ),
    Person(
        name="Hannah Kim",
        phone="+16045550115",
        ago="9 min",
        stage="new",
        unread=1,
        draft="Hi Hannah! Yes, you can keep your current number: it takes about a day to connect. "
        "How many people answer messages at your salon today?",
        talk="""
        > hi! can we keep our existing whatsapp number?
        """,
    ),
    Person(
        name="Ethan Marshall",
        phone="+15125550181",
        ago="27 h",
        stage="proposal",
        owner="professional",
        interest="hot",
        score=90,
        need="Lead follow-up for a solar installer",
        company="Lone Star Solar",
        email="ethan@lonestar.example",
        value="7800 USD",
        meeting="professional +4 16:00",
        talk="""
        > We get 200 leads a week from ads and call back maybe half
        < Hi Ethan! Answering all of them within a minute is what we do best. What is a lead worth to you?
        > a closed install is 18k
        @ Ethan, Laura here. I put together the numbers we discussed, they are in your email.
        > Looks good. Can we review on {day}?
        @ {slot} works. Invitation sent.
        """,
    ),
    Person(
        name="Chloe Patel",
        phone="+447700900136",
        ago="6 h",
        stage="contacted",
        interest="warm",
        score=53,
        source="meta",
        need="Bookings for a pet grooming van",
        talk="""
        > Hiya, I run a mobile dog groomer's, is this overkill for me?
        < Hi Chloe! Not if messages interrupt your grooming. How many bookings do you take a week?
        > 25ish, all over text
        < Then it pays for itself. Would you like to see how it plans the route of a day?
        > ooh yes please, after 5 any day
        """,
    ),
    Person(
        name="Robert Hale",
        phone="+17025550194",
        ago="5 d",
        stage="contacted",
        interest="not_interested",
        score=6,
        opted_out=True,
        closed=True,
        talk="""
        > STOP
        < You will not hear from us again, Robert. Sorry to have bothered you.
        """,
    ),
)

ENGLISH: Final = tuple(replace(person, language="en") for person in _PEOPLE)
