"""A campaign to try everything on: invented units, people and initiatives, reported as clerks report them."""

from addin.demo.build import build_demo
from addin.demo.campaign import DemoCampaign, DemoRow, DemoSubmission

__all__ = ["DemoCampaign", "DemoRow", "DemoSubmission", "build_demo"]
