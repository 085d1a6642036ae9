"""The addresses of voting."""

from django.urls import path

from voting.ballots import box_views as box
from voting.ballots import views as ballots
from voting.polls import views as polls
from voting.proxies import views as proxies
from voting.slips import views as slips

app_name = "voting"
urlpatterns = [
    path("m/<slug:slug>/polls/", polls.poll_list, name="polls"),
    path("m/<slug:slug>/polls/new/", polls.new_poll, name="new_poll"),
    path("m/<slug:slug>/polls/<int:number>/", polls.poll_page, name="poll"),
    path("m/<slug:slug>/polls/<int:number>/edit/", polls.edit_poll_page, name="edit_poll"),
    path("m/<slug:slug>/polls/<int:number>/mine/", polls.mine, name="mine"),
    path("m/<slug:slug>/polls/<int:number>/votes.<slug:ending>", polls.votes_file, name="votes_file"),
    path("m/<slug:slug>/polls/<int:number>/ballot/", ballots.cast, name="cast"),
    path("m/<slug:slug>/polls/<int:number>/box/", box.box_page, name="box"),
    path("m/<slug:slug>/polls/<int:number>/box/ballots/", box.box_ballots, name="box_ballots"),
    path("m/<slug:slug>/polls/<int:number>/box.csv", box.box_file, name="box_file"),
    path("m/<slug:slug>/polls/<int:number>/slips/", slips.slips, name="slips"),
    path("m/<slug:slug>/polls/<int:number>/slips.<slug:ending>", slips.slips_file, name="slips_file"),
    path("m/<slug:slug>/proxies/", proxies.proxy_list, name="proxies"),
]
