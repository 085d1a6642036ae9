"""The table of rights (tests/rights.py), continued: official papers from their issue on."""

from __future__ import annotations

from tests.folder_doors import FOLDER_COMMANDS, FOLDER_PAGES

ISSUING_PAGES = """
minutes:issuance                   in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:issuance_units             in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:issuance_paper             in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:issuance_file              in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:issuance_receipts          in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:received                   in     200    200    200    200    200    200    200    200    200    200    200    200
minutes:received_paper             in     404    404    404    404    404    404    404    404    404    404    404    200
minutes:received_file              in     404    404    404    404    404    404    404    404    404    404    404    200
"""

ISSUING_COMMANDS = """
recipients.set           in     403    403    403    403    403    403    200    404    404    200    200    403
paper.issue              in     403    403    403    403    403    403    200    404    404    200    200    403
paper.recall             in     403    403    403    403    403    403    200    404    404    200    200    403
recipients.remind        in     403    403    403    403    403    403    200    404    404    200    200    403
delivery.mark            in     403    403    403    403    403    403    200    404    404    200    200    403
"""

PAPER_PAGES = """
minutes:official                   in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:official_paper             in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:official_pdf               in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:official_docx              in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:official_data              in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:templates                  in     403    403    403    403    403    403    403    403    403    200    200    403
minutes:template                   in     403    403    403    403    403    403    403    403    403    200    200    403
minutes:template_file              in     403    403    403    403    403    403    403    403    403    200    200    403
minutes:template_preview           in     403    403    403    403    403    403    403    403    403    200    200    403
""" + FOLDER_PAGES.lstrip()

PAPER_COMMANDS = """
paper.draft              in     403    403    403    403    403    403    200    404    404    200    200    403
paper.edit               in     403    403    403    403    403    403    200    404    404    200    200    403
paper.approve            in     403    403    403    403    403    200    200    404    404    200    200    403
paper.return             in     403    403    403    403    403    200    200    404    404    200    200    403
paper.remove             in     403    403    403    403    403    403    200    404    404    200    200    403
""" + FOLDER_COMMANDS.lstrip()

TEMPLATE_COMMANDS = """
paper_template.add    in     403    403    403    403    403    403    403    403    403    200    200    403
paper_template.take   in     403    403    403    403    403    403    403    403    403    200    200    403
paper_template.reset  in     403    403    403    403    403    403    403    403    403    200    200    403
"""
