"""Every router of the API, one or a few a slice."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from core.body_limit import Upload
from orchestrator_service import readiness
from orchestrator_service.accounting import receipt_routes, rule_routes
from orchestrator_service.accounting import routes as accounting
from orchestrator_service.accounts import routes as accounts
from orchestrator_service.admin import audit_routes as audit
from orchestrator_service.admin import routes as admin
from orchestrator_service.admin import totp_routes as admin_totp
from orchestrator_service.agenda import photo_routes as seller_photos
from orchestrator_service.agenda import routes as agenda
from orchestrator_service.agenda import seller_routes
from orchestrator_service.agent import routes as agent
from orchestrator_service.agent import version_routes as agent_versions
from orchestrator_service.agent.models import routes as agent_models
from orchestrator_service.alerts import routes as alerts
from orchestrator_service.api_keys import routes as api_keys
from orchestrator_service.auth import routes as auth
from orchestrator_service.auth.dependencies import asks_for_somebody
from orchestrator_service.auth.totp import routes as totp
from orchestrator_service.broadcasts import routes as broadcasts
from orchestrator_service.bulk import routes as bulk
from orchestrator_service.canned import routes as canned
from orchestrator_service.channels import routes as channels
from orchestrator_service.chat import attachment_routes as chat_attachments
from orchestrator_service.chat import canned_routes as chat_canned
from orchestrator_service.chat import lead_file_routes as chat_lead_files
from orchestrator_service.chat import media_routes as chat_media
from orchestrator_service.chat import qualify_routes as chat_qualify
from orchestrator_service.chat import routes as chat
from orchestrator_service.chat import search_routes as chat_search
from orchestrator_service.chat import template_routes as chat_templates
from orchestrator_service.chat import turn_routes as turns
from orchestrator_service.clients import export_routes as clients_export
from orchestrator_service.clients import routes as clients
from orchestrator_service.conversion import routes as conversion
from orchestrator_service.demo import routes as demo
from orchestrator_service.evaluation import routes as evaluation
from orchestrator_service.fields import routes as fields
from orchestrator_service.google_calendar import routes as google_calendar
from orchestrator_service.imports import routes as imports
from orchestrator_service.knowledge import file_routes as knowledge_files
from orchestrator_service.knowledge import question_routes as knowledge_questions
from orchestrator_service.knowledge import routes as knowledge
from orchestrator_service.lead_sources import public_routes as lead_doors
from orchestrator_service.lead_sources import routes as lead_sources
from orchestrator_service.leads import export_routes as leads_export
from orchestrator_service.leads import reason_routes as lost_reasons
from orchestrator_service.leads import routes as leads
from orchestrator_service.mcp import routes as mcp
from orchestrator_service.meeting_links import routes as meeting_links
from orchestrator_service.merging import routes as merging
from orchestrator_service.notes import routes as notes
from orchestrator_service.notifications import routes as notifications
from orchestrator_service.pipeline import routes as pipeline
from orchestrator_service.playground import routes as playground
from orchestrator_service.preconditions.twins import Twins
from orchestrator_service.privacy import routes as privacy
from orchestrator_service.reports import routes as reports
from orchestrator_service.reports import seller_routes as seller_performance
from orchestrator_service.sellers import routes as sellers
from orchestrator_service.settings import holiday_routes
from orchestrator_service.settings import routes as company_settings
from orchestrator_service.tags import routes as tags
from orchestrator_service.tasks import routes as tasks
from orchestrator_service.templates import routes as templates
from orchestrator_service.timeline import routes as timeline
from orchestrator_service.triggers import routes as triggers
from orchestrator_service.vault import routes as vault
from orchestrator_service.views import routes as views
from orchestrator_service.webhooks import routes as webhooks

ROUTERS: Final[tuple[APIRouter, ...]] = (
    auth.router, auth.team_router, totp.router, accounts.router, accounts.admin_router, admin.router, admin_totp.router,
    audit.router, leads_export.router, leads.router, leads.board_router, views.router, timeline.router,
    lost_reasons.router, pipeline.router, clients_export.router, clients.router, chat.router, turns.router,
    timeline.clients_router,
    merging.router, bulk.router, tags.router, fields.router, notes.router, tasks.router, conversion.router,
    chat_qualify.router, chat_lead_files.router,
    chat_media.router, chat_attachments.router, agent.router, agent_models.router, agent_versions.router,
    playground.router, evaluation.router, agenda.router, google_calendar.router,
    sellers.router, seller_routes.router, seller_photos.router,
    seller_performance.router, reports.router, vault.router, channels.router,
    company_settings.router, holiday_routes.router, notifications.router, alerts.router, demo.router,
    chat_templates.router, chat_templates.start_router, templates.router, triggers.router, triggers.events_router,
    meeting_links.router, broadcasts.router, canned.router, chat_canned.router, chat_search.router,
    readiness.router, knowledge.router, knowledge_files.router, knowledge_questions.router, rule_routes.router,
    accounting.router, receipt_routes.router, imports.router, webhooks.router, lead_sources.router,
    lead_doors.router, api_keys.router, mcp.router, privacy.router,
)  # fmt: skip
# The routes themselves: including their routers would have each analysed once more for every app, and walked in two
# steps for every request.
ROUTES: Final[list[BaseRoute]] = [route for router in ROUTERS for route in router.routes]
TWINS: Final = Twins(ROUTES)
# Operations that ask for nobody: what their descriptions say of it, tests/isolation/test_access.py gives reasons.
PUBLIC: Final = frozenset(
    f"{method} {route.path}"
    for route in ROUTES
    if isinstance(route, APIRoute) and not asks_for_somebody(route.dependant)
    for method in route.methods or ()
)
# What reads other bodies than JSON.
UPLOADS: Final = (
    Upload(chat_attachments.PATHS, chat_attachments.MOST_BYTES),
    Upload(knowledge_files.PATHS, knowledge_files.MOST_BYTES),
    Upload(receipt_routes.PATHS, receipt_routes.MOST_BYTES),
    Upload(imports.PATHS, imports.MOST_BYTES),
    Upload(seller_photos.PATHS, seller_photos.MOST_BYTES, "PUT"),
)
