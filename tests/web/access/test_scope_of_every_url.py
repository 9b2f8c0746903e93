"""Every address as every role, signed in or not, with things of his own and of others: one table.

An address without a row fails: whoever adds a page says here who gets what. ``away`` is a redirect to another
page, ``login`` to the sign-in page; 404 is what lies outside a reader's scope, 403 what is not his office.
"""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from tests.web.access.walk import OPERATIONS, PUBLIC, READERS, City, every_name, rows_of
from tests.web.cast import everybody

from fenhu.programme import Role
from fenhu.web.portal import urls as portal_urls
from fenhu.web.registry.models import Flat

TABLE = """
name               ask  what          bureau distr financ suppl owner commu contr secur home none public
set-language       post -             away   away  away   away  away  away  away  away  away away away
front              get  -             200    200   200    200   200   200   200   200   away 200  200
login              get  -             away   away  away   away  away  away  away  away  away away 200
logout             post -             away   away  away   away  away  away  away  away  away away login
account            get  -             200    200   200    200   200   200   200   200   200  200  login
password           get  -             200    200   200    200   200   200   200   200   200  200  login
login-code         get  -             away   away  away   away  away  away  away  away  away away away
second-factor      get  -             200    200   200    200   200   200   200   200   403  403  login
second-factor-papers post -           422    422   422    422   422   422   422   422   403  403  login
second-factor-remove post -           422    422   422    422   422   422   422   422   403  403  login
session-end        post own-sign-in   away   away  away   away  away  away  away  away  away away login
session-end        post others-sign-in away  away  away   away  away  away  away  away  away away login
sessions-end-others post -            away   away  away   away  away  away  away  away  away away login
officers           get  -             200    403   403    403   403   403   403   403   403  403  login
officer            get  known-officer 200    403   403    403   403   403   403   403   403  403  login
officer            get  no-officer    404    403   403    403   403   403   403   403   403  403  login
officer-act        post known-officer-password 200 403 403 403 403 403 403 403 403 403 login
officer-act        post no-officer-password 404 403 403 403 403 403 403 403 403 403 login
officer-act        post known-officer-second-factor away 403 403 403 403 403 403 403 403 403 login
officer-act        post no-officer-second-factor 404 403 403 403 403 403 403 403 403 403 login
officer-act        post known-officer-sign-out away 403 403 403 403 403 403 403 403 403 login
officer-act        post no-officer-sign-out 404 403 403 403 403 403 403 403 403 403 login
officer-act        post known-officer-deactivate away 403 403 403 403 403 403 403 403 403 login
officer-act        post no-officer-deactivate 404 403 403 403 403 403 403 403 403 403 login
officer-act        post known-officer-reactivate away 403 403 403 403 403 403 403 403 403 login
officer-act        post no-officer-reactivate 404 403 403 403 403 403 403 403 403 403 login
buildings          get  -             200    200   200    200   200   200   200   200   200  200  login
bulletin           get  -             200    200   200    200   403   403   403   403   403  403  login
bulletin-publish   post -             away   403  403    403   403   403   403   403   403  403  login
bulletin-take-back post -             away   403  403    403   403   403   403   403   403  403  login
bulletin-paper     get  -             200    200   200    200   403   403   403   403   403  403  login
city-map           get  -             200    200   200    200   200   200   200   200   403  403  login
buildings-export   get  -             200    200   200    200   200   200   200   200   200  200  login
building           get  A1            200    404   200    200   404   200   200   404   200  404  login
building           get  A2            200    200   404    200   200   200   404   404   404  404  login
building           get  B1            200    404   404    404   404   200   404   200   404  404  login
building-explained get  A1            200    404   200    200   404   200   200   404   200  404  login
building-explained get  A2            200    200   404    200   200   200   404   404   404  404  login
building-explained get  B1            200    404   404    404   404   200   404   200   404  404  login
design             get  A1            200    404   200    200   404   200   200   404   403  403  login
design             get  A2            200    200   404    200   200   200   404   404   403  403  login
design             get  B1            200    404   404    404   404   200   404   200   403  403  login
design-act         post A2-make       403    403   404    away  away  403   404   404   403  403  login
design-act         post B1-make       403    404   404    404   404   403   404   403   403  403  login
design-act         post A2-change     404    404   404    404   404   404   404   404   403  403  login
design-act         post A2-restore    404    404   404    404   404   404   404   404   403  403  login
design-act         post A2-reason     404    404   404    404   404   404   404   404   403  403  login
design-act         post A2-submit     404    404   404    404   404   404   404   404   403  403  login
design-act         post A2-enter      422    422   422    422   422   422   422   422   403  403  login
design-file        get  own-design    200    200   404    200   200   200   404   404   403  403  login
design-file        get  others-design 200    404   404    404   404   200   404   200   403  403  login
money              get  -             200    200   200    200   200   403   403   403   403  403  login
fund               get  A1            200   404   200   200   404   200   403   403   403   403   login
fund               get  B1            200   404   200   404   404   200   403   403   403   403   login
fund-act           post A1-fund-votes 403   404   403   away  404   away  403   403   403   403   login
fund-act           post B1-fund-votes 403   404   403   404   404   away  403   403   403   403   login
fund-act           post A1-fund-grant 403   404   409   403   404   403   403   403   403   403   login
fund-act           post A1-fund-step  403   404   403   409   404   403   403   403   403   403   login
fund-act           post A2-open       403   403   404   409   409   403   403   403   403   403   login
rewards            get  -             200    200   200    403   403   403   403   403   403  403  login
reward-draft       post -             409    403   403    403   403   403   403   403   403  403  login
reward             get  own-reward    200    404   200    403   403   403   403   403   403  403  login
reward             get  others-reward 200    404   404    403   403   403   403   403   403  403  login
reward-step        post own-reward    away   404   403    403   403   403   403   403   403  403  login
reward-step        post others-reward away   404   404    403   403   403   403   403   403  403  login
reward-export      get  own-allocation 200    404   200    403   403   403   403   403   403  403  login
reward-export      get  others-allocation 200    404   404    403   403   403   403   403   403  403  login
reward-public      get  public-reward 200    200   200    200   200   200   200   200   200  200  200
reward-public      get  own-reward    404    404   404    404   404   404   404   404   404  404  404
purse              get  own-purse     200    404   404    200   404   403   403   403   403  403  login
purse              get  others-purse  200    404   404    404   404   403   403   403   403  403  login
purse-act          post own-budget    403    404   404    away  404   403   403   403   403  403  login
purse-act          post others-budget 403    404   404    404   404   403   403   403   403  403  login
statement          get  A1-account    200    404   200    200   404   403   403   403   200  403  login
statement          get  B1-account    200    404   404    404   404   403   403   403   404  403  login
statement-export   get  A1-sheet      200    404   200    200   404   403   403   403   200  403  login
statement-export   get  B1-sheet      200    404   404    404   404   403   403   403   404  403  login
receipt            get  A1-receipt    200    404   200    200   404   403   403   403   200  403  login
receipt            get  B1-receipt    200    404   404    404   404   403   403   403   404  403  login
receipt-pdf        get  A1-receipt    200    404   200    200   404   403   403   403   200  403  login
receipt-pdf        get  B1-receipt    200    404   404    404   404   403   403   403   404  403  login
bank               get  -             200    403   403    200   403   403   403   403   403  403  login
bank-template      get  -             200    403   403    200   403   403   403   403   403  403  login
opening-template   get  -             200    403   403    200   403   403   403   403   403  403  login
opening-take       post -             403    403   403    422   403   403   403   403   403  403  login
bank-take          post -             403    403   403    422   403   403   403   403   403  403  login
bank-line          post own-assign    403    403   403    away  403   403   403   403   403  403  login
bank-line          post own-return    403    403   403    away  403   403   403   403   403  403  login
bank-line          post others-assign 403    403   403    404   403   403   403   403   403  403  login
bank-line          post others-return 403    403   403    404   403   403   403   403   403  403  login
measured-template  get  A1            403    403   403    404   403   403   403   403   403  403  login
measured-template  get  B1            403    403   403    404   403   403   403   403   403  403  login
measured-take      post A1            403    403   403    422   403   403   403   403   403  403  login
measured-take      post B1            403    403   403    404   403   403   403   403   403  403  login
receipt-void       post A1-receipt    403    403   403    away  403   403   403   403   403  403  login
receipt-void       post B1-receipt    403    403   403    404   403   403   403   403   403  403  login
collected          get  -             200    200   200    200   200   403   403   403   403   403  login
collected-export   get  as-sheet      200    200   200    200   200   403   403   403   403   403  login
collected-export   get  as-pdf        200    200   200    200   200   403   403   403   403   403  login
arrears            get  -             200    200   200    200   200   403   403   403   403  403  login
arrears-export     get  -             200    200   200    200   200   403   403   403   403  403  login
books-close        post -             403    403   away   403   403   403   403   403   403  403  login
building-money     get  A1            200    404   200    200   404   403   403   403   403  403  login
building-money     get  B1            200    404   404    404   404   403   403   403   403  403  login
building-money-act post A1-pay        403    403   403    away  403   403   403   403   403  403  login
building-money-act post A1-bill       403    403   403    away  403   403   403   403   403  403  login
building-money-act post A1-release    403    403   409    403   403   403   403   403   403  403  login
building-money-act post A1-settle     403    403   403    409   403   403   403   403   403  403  login
building-money-act post A1-refund     403    403   403    409   403   403   403   403   403  403  login
building-money-act post B1-pay        403    403   404    404   403   403   403   403   403  403  login
prices             get  -             200    200   200    200   200   403   403   403   403   403  login
prices-template    get  -             200    200   200    200   200   403   403   403   403   403  login
prices-enter       post -             422    403   403    403   403   403   403   403   403   403  login
price-version      get  known-prices  200    200   200    200   200   403   403   403   403   403  login
price-version      get  no-prices     404    404   404    404   404   403   403   403   403   403  login
metering           get  -             200    200   403    200   403   403   403   403   403  403  login
metering-template  get  -             403    403   403    200   403   403   403   403   403  403  login
metering-take      post -             403    403   403    422   403   403   403   403   403  403  login
metering-export    get  -             200    200   403    200   403   403   403   403   403  403  login
heat-bill          get  A1-heat-bill  200    404   403    200   403   403   403   403   200  403  login
heat-bill          get  B1-heat-bill  200    404   403    404   403   403   403   403   404  403  login
building-metering  get  A1            200    404   403    200   403   403   403   403   403  403  login
building-metering  get  B1            200    404   403    404   403   403   403   403   403  403  login
building-metering-act post A1-install  403   403   403    away  403   403   403   403   403  403  login
building-metering-act post A1-exchange 403   403   403    404   403   403   403   403   403  403  login
building-metering-act post A1-correct 403    403   403    404   403   403   403   403   403  403  login
building-metering-act post A1-cold    403    403   403    away  403   403   403   403   403  403  login
building-metering-act post A1-bills   403    403   403    409   403   403   403   403   403  403  login
building-metering-act post B1-install 403    403   403    404   403   403   403   403   403  403  login
building-metering-act post B1-bills   403    403   403    404   403   403   403   403   403  403  login
plan               get  -             200    200   200    200   200   200   200   200   200  200  login
plan-book          get  as-sheet      200    200   200    200   200   200   200   200   200  200  login
plan-book          get  as-pdf        200    200   200    200   200   200   200   200   200  200  login
unplanned          get  -             200    200   200    200   200   200   200   200   200  200  login
plan-year          get  year          200    200   200    200   200   200   200   200   200  200  login
plan-year          get  no-year       404    404   404    404   404   404   404   404   404  404  login
carried            get  year-city     200    200   200    200   200   200   200   200   403  403  login
carried            get  year-nobody   404    404   404    404   404   404   404   404   403  403  login
consent            get  year          200    200   200    200   200   200   200   200   403  403  login
consent            get  no-year       404    404   404    404   404   404   404   404   403  403  login
plan-year-export   get  year          200    200   200    200   200   200   200   200   200  200  login
plan-year-export   get  no-year       404    404   404    404   404   404   404   404   404  404  login
building-why       get  A1              200   404   403   200   403   403   403   403   403  403  login
building-why       get  A2              200   200   403   200   403   403   403   403   403  403  login
building-why       get  B1              200   404   403   404   403   403   403   403   403  403  login
building-why-ask   post A1              away  404   403   away  403   403   403   403   403  403  login
building-why-ask   post B1              away  404   403   404   403   403   403   403   403  403  login
building-why-try   post A1-answer       404   404   403   404   403   403   403   403   403  403  login
building-why-try   post B1-answer       404   404   403   404   403   403   403   403   403  403  login
plan-limits        get  -               200   200   403   200   403   403   403   403   403  403  login
plan-limits-ask    post -               away  403   403   403   403   403   403   403   403  403  login
plan-limits-try    post no-way-out      404   403   403   403   403   403   403   403   403  403  login
plan-limits-try    post other-way-out   404   403   403   403   403   403   403   403   403  403  login
replans            get  -               200   403   403   403   403   403   403   403   403  403  login
plan-city          post -               409   403   403   403   403   403   403   403   403  403  login
replan-create      post -               away  403   403   403   403   403   403   403   403  403  login
replan             get  a-replan        200   403   403   403   403   403   403   403   403  403  login
replan             get  no-replan       404   403   403   403   403   403   403   403   403  403  login
replan-changes     get  a-replan        200   403   403   403   403   403   403   403   403  403  login
replan-changes     get  no-replan       404   403   403   403   403   403   403   403   403  403  login
replan-adopt       post a-replan        409   403   403   403   403   403   403   403   403  403  login
replan-adopt       post no-replan       404   403   403   403   403   403   403   403   403  403  login
risk               get  -               200   403   403   403   403   403   403   403   403  403  login
risk-try           post -               away  403   403   403   403   403   403   403   403  403  login
scenarios          get  -               200   200   403   200   403   403   403   403   403  403  login
scenario-create    post -               away  away  403   away  403   403   403   403   403  403  login
scenarios-compare  get  -               200   200   403   200   403   403   403   403   403  403  login
scenarios-moved    get  -               200   200   403   200   403   403   403   403   403  403  login
scenario           get  own-scenario    200   404   403   200   403   403   403   403   403  403  login
scenario           get  others-scenario 200   404   403   404   403   403   403   403   403  403  login
scenario-act       post own-change      403   404   403   away  403   403   403   403   403  403  login
scenario-act       post others-change   403   404   403   404   403   403   403   403   403  403  login
scenario-act       post own-choose      403   404   403   away  403   403   403   403   403  403  login
scenario-act       post others-choose   403   404   403   404   403   403   403   403   403  403  login
scenario-act       post own-run         403   404   403   away  403   403   403   403   403  403  login
scenario-act       post others-run      403   404   403   404   403   403   403   403   403  403  login
scenario-act       post own-copy        away  404   403   away  403   403   403   403   403  403  login
scenario-act       post others-copy     away  404   403   404   403   403   403   403   403  403  login
scenario-act       post own-rename      403   404   403   away  403   403   403   403   403  403  login
scenario-act       post others-rename   403   404   403   404   403   403   403   403   403  403  login
scenario-act       post own-delete      403   404   403   away  403   403   403   403   403  403  login
scenario-act       post others-delete   403   404   403   404   403   403   403   403   403  403  login
scenario-act       post own-adopt       409   404   403   403   403   403   403   403   403  403  login
scenario-act       post others-adopt    409   404   403   404   403   403   403   403   403  403  login
annual-plans       get  -             200    200   403    200   403   403   403   403   403  403  login
annual-plan-take   post -               403   403   403    409   403   403   403   403   403  403  login
annual-plan        get  own-draft     200    404   403    200   403   403   403   403   403  403  login
annual-plan        get  others-filed  200    404   403    404   403   403   403   403   403  403  login
annual-plan-schedule get own-draft     200    404   403    200   403   403   403   403   403  403  login
annual-plan-schedule get others-filed  200    404   403    404   403   403   403   403   403  403  login
annual-plan-step   post own-draft     403    404   403    away  403   403   403   403   403  403  login
annual-plan-step   post others-filed  403    404   403    404   403   403   403   403   403  403  login
annual-plan-add    post own-draft     403    404   403    409   403   403   403   403   403  403  login
annual-plan-add    post others-filed  403    404   403    404   403   403   403   403   403  403  login
annual-plan-remove post own-draft     403    404   403    away  403   403   403   403   403  403  login
annual-plan-remove post others-filed  403    404   403    404   403   403   403   403   403  403  login
projects           get  -                   200   200   200   200   200   200   200   200   403   403   login
project            get  A2                  200   200   404   200   200   200   404   404   403   403   login
project            get  B1                  200   404   404   404   404   200   404   200   403   403   login
project-step       post A2                  away  403   404   away  403   403   404   404   403   403   login
project-step       post B1                  away  404   404   404   404   403   404   403   403   403   login
worklist           get  -                   200   200   200   200   200   200   200   200   403   403   login
calendar-renew     post -                   away  away  away  away  away  away  away  away  403   403   login
calendar           get  no-key              404   404   404   404   404   404   404   404   404   404   404
calendar           get  its-key             200   200   200   200   200   200   200   200   200   200   200
project-act        post A2-flats            403   403   404   away  403   away  404   404   403   403   login
project-act        post B1-flats            403   404   404   404   404   away  404   403   403   403   login
project-act        post A2-answers          403   403   404   away  403   away  404   404   403   403   login
project-act        post B1-answers          403   404   404   404   404   away  404   403   403   403   login
project-act        post A2-contractor       403   403   404   422   422   403   404   404   403   403   login
project-act        post B1-contractor       403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-leads            403   403   404   away  away  403   404   404   403   403   login
project-act        post B1-leads            403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-technician       403   403   404   away  away  403   404   404   403   403   login
project-act        post B1-technician       403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-mains            403   403   404   away  403   403   404   404   403   403   login
project-act        post B1-mains            403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-briefed          403   403   404   away  away  403   404   404   403   403   login
project-act        post B1-briefed          403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-timetable        403   403   404   away  403   403   404   404   403   403   login
project-act        post B1-timetable        403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-owner            403   403   404   away  away  403   404   404   403   403   login
project-act        post B1-owner            403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-ask-extension    403   403   404   422   422   403   404   404   403   403   login
project-act        post B1-ask-extension    403   404   404   404   404   403   404   403   403   403   login
project-act        post A2-decide-extension 409   403   404   403   403   403   404   404   403   403   login
project-act        post B1-decide-extension 409   404   404   404   404   403   404   403   403   403   login
project-act        post A2-paper            422   422   404   422   422   422   404   404   403   403   login
project-act        post B1-paper            422   404   404   404   404   422   404   422   403   403   login
project-act        post A2-withdraw-paper   404   404   404   404   404   404   404   404   403   403   login
project-act        post B1-withdraw-paper   404   404   404   404   404   404   404   404   403   403   login
project-act        post A2-elected          403   403   404   403   403   away  404   404   403   403   login
project-act        post B1-elected          403   404   404   404   404   away  404   403   403   403   login
annual-plan-object post own-draft     409    404   403    403   403   403   403   403   403  403  login
annual-plan-object post others-filed  away   404   403    404   403   403   403   403   403  403  login
annual-plan-left-out post own-draft     403    404   403    away  403   403   403   403   403  403  login
annual-plan-left-out post others-filed  403    404   403    404   403   403   403   403   403  403  login
annual-plan-scheme post own-draft     403    404   403    away  403   403   403   403   403  403  login
annual-plan-scheme post others-filed  403    404   403    404   403   403   403   403   403  403  login
project-site           get  A1              200   404   200   200   404   200   200   404   403   403   login
project-site           get  A2              200   200   404   200   200   200   404   404   403   403   login
project-site           get  B1              200   404   404   404   404   200   404   200   403   403   login
project-acceptance     get  A1              200   404   200   200   404   200   200   404   403   403   login
project-acceptance     get  A2              200   200   404   200   200   200   404   404   403   403   login
project-acceptance     get  B1              200   404   404   404   404   200   404   200   403   403   login
project-warranty       get  A1              200   404   200   200   404   200   200   404   200   403   login
project-warranty       get  A2              200   200   404   200   200   200   404   404   404   403   login
project-warranty       get  B1              200   404   404   404   404   200   404   200   404   403   login
project-site-act       post A1-week         403   404   403   409   404   403   409   404   403   403   login
project-site-act       post B1-week         403   404   404   404   404   403   404   403   403   403   login
project-site-act       post A1-stages       403   404   403   409   404   403   409   404   403   403   login
project-site-act       post B1-stages       403   404   404   404   404   403   404   403   403   403   login
project-site-act       post A1-advance      403   404   403   409   404   403   409   404   403   403   login
project-site-act       post B1-advance      403   404   404   404   404   403   404   403   403   403   login
project-site-act       post A1-inspect      409   404   403   409   404   403   403   404   403   403   login
project-site-act       post B1-inspect      409   404   404   404   404   403   404   403   403   403   login
project-site-act       post A1-pressure     403   404   403   409   404   403   409   404   403   403   login
project-site-act       post B1-pressure     403   404   404   404   404   403   404   403   403   403   login
project-site-act       post A1-clear        404   404   404   404   404   404   404   404   403   403   login
project-site-act       post B1-clear        404   404   404   404   404   404   404   404   403   403   login
project-site-act       post A1-material     403   404   403   409   404   403   409   404   403   403   login
project-site-act       post B1-material     403   404   404   404   404   403   404   403   403   403   login
project-site-act       post A1-file         422   404   422   422   404   422   422   404   403   403   login
project-site-act       post B1-file         422   404   404   404   404   422   404   422   403   403   login
project-acceptance-act post A1-open         409   404   403   403   404   403   403   404   403   403   login
project-acceptance-act post B1-open         409   404   404   404   404   403   404   403   403   403   login
project-acceptance-act post A1-measure      404   404   404   404   404   404   404   404   403   403   login
project-acceptance-act post B1-measure      404   404   404   404   404   404   404   404   403   403   login
project-acceptance-act post A1-sign         404   404   404   404   404   404   404   404   403   403   login
project-acceptance-act post B1-sign         404   404   404   404   404   404   404   404   403   403   login
project-acceptance-act post A1-step         404   404   404   404   404   404   404   404   403   403   login
project-acceptance-act post B1-step         404   404   404   404   404   404   404   404   403   403   login
project-warranty-act   post A1-report       403   404   403   away  404   away  403   404   away  403   login
project-warranty-act   post B1-report       403   404   404   404   404   409   404   403   404   403   login
project-warranty-act   post A1-mend         404   404   404   404   404   404   404   404   404   403   login
project-warranty-act   post B1-mend         404   404   404   404   404   404   404   404   404   403   login
project-warranty-act   post A1-ready        403   404   403   away  404   403   403   404   403   403   login
project-warranty-act   post B1-ready        403   404   404   404   404   403   404   403   404   403   login
paper                  get  own-paper       200   404   200   200   404   200   200   404   404   404   login
paper                  get  others-paper    200   404   404   404   404   200   404   200   404   404   login
cases                 get  -                   200   200   403   200   200   200   200   200   200   403   login
case-open             get  -                   200   200   403   200   200   200   200   200   200   403   login
case-open             post -                   away  404   403   away  404   away  403   404   403   403   login
case                  get  own-case            200   404   403   200   404   200   200   404   200   403   login
case                  get  others-case         200   404   403   404   404   200   404   200   404   403   login
case-step             post own-case            away  404   403   away  404   away  403   404   403   403   login
case-step             post others-case         away  404   403   404   404   away  404   403   404   403   login
case-act              post own-evidence        away  404   403   away  404   away  403   404   403   403   login
case-act              post others-evidence     away  404   403   404   404   away  404   away  404   403   login
case-act              post own-outcome         away  404   403   away  404   away  403   404   403   403   login
case-act              post others-outcome      away  404   403   404   404   away  404   403   404   403   login
case-act              post own-liability       409   404   403   403   404   403   403   404   403   403   login
case-act              post others-liability    409   404   403   404   404   403   404   403   404   403   login
contractors           get  -                   200   200   200   200   200   200   200   200   403   403   login
contractor-file       post -                   away  403   403   away  403   403   403   403   403   403   login
contractor            get  建安公司-contractor     200   200   200   200   200   200   200   200   403   403   login
contractor            get  外地公司-contractor     200   200   200   200   200   200   404   200   403   403   login
contractor-bar        post 建安公司-contractor     away  403   403   403   403   403   403   403   403   403   login
contractor-bar        post 外地公司-contractor     away  403   403   403   403   403   403   403   403   403   login
contractor-lift       post 建安公司-contractor     409   403   403   403   403   403   403   403   403   403   login
contractor-lift       post 外地公司-contractor     409   403   403   403   403   403   403   403   403   403   login
campaign              get  -                   200   200   200   200   200   200   200   200   403   403   login
campaign-act          post campaign-activity   away  403   403   away  403   away  403   403   403   403   login
campaign-act          post campaign-material   422   422   403   422   403   422   403   403   403   403   login
campaign-act          post campaign-publish-material 404 404  403   404   403   404   403   403   403   403   login
campaign-act          post campaign-take-back-activity 404 404 403  404   403   404   403   403   403   403   login
campaign-act          post campaign-contact    away  away  403   away  403   away  403   403   403   403   login
campaign-act          post campaign-end-contact 404  404   403   404   403   404   403   403   403   403   login
public                 get  -                   200   200   200   200   200   200   200   200   200   200   200
public-search          get  -                   200   200   200   200   200   200   200   200   200   200   200
public-building        get  A1                  200   200   200   200   200   200   200   200   200   200   200
public-building        get  no-building         404   404   404   404   404   404   404   404   404   404   404
public-building        get  B1                  200   200   200   200   200   200   200   200   200   200   200
public-building-picture get  A1                  200   200   200   200   200   200   200   200   200   200   200
public-building-picture get  no-building         404   404   404   404   404   404   404   404   404   404   404
public-plan            get  year                200   200   200   200   200   200   200   200   200   200   200
public-plan            get  no-year             404   404   404   404   404   404   404   404   404   404   404
public-plan-csv        get  year                200   200   200   200   200   200   200   200   200   200   200
public-plan-csv        get  no-year             404   404   404   404   404   404   404   404   404   404   404
public-plan-xlsx       get  year                200   200   200   200   200   200   200   200   200   200   200
public-plan-xlsx       get  no-year             404   404   404   404   404   404   404   404   404   404   404
public-acceptance      get  -                   200   200   200   200   200   200   200   200   200   200   200
public-rewards         get  -                   200   200   200   200   200   200   200   200   200   200   200
public-commendations   get  -                   200   200   200   200   200   200   200   200   200   200   200
public-bulletins       get  -                   200   200   200   200   200   200   200   200   200   200   200
public-bulletin        get  public-bulletin     200   200   200   200   200   200   200   200   200   200   200
public-bulletin        get  no-bulletin         404   404   404   404   404   404   404   404   404   404   404
public-bulletin-paper  get  public-bulletin     200   200   200   200   200   200   200   200   200   200   200
public-bulletin-paper  get  no-bulletin         404   404   404   404   404   404   404   404   404   404   404
public-policy          get  -                   200   200   200   200   200   200   200   200   200   200   200
public-campaign        get  -                   200   200   200   200   200   200   200   200   200   200   200
public-material        get  public-material     200   200   200   200   200   200   200   200   200   200   200
public-material        get  material            404   404   404   404   404   404   404   404   404   404   404
public-data            get  -                   200   200   200   200   200   200   200   200   200   200   200
public-data-file       get  data                200   200   200   200   200   200   200   200   200   200   200
public-data-file       get  no-data             404   404   404   404   404   404   404   404   404   404   404
robots                 get  -                   200   200   200   200   200   200   200   200   200   200   200
public-language        get  -                   away   away   away   away   away   away   away   away   away   away   away
campaign-material     get  material            200   200   200   200   200   200   200   200   403   403   login
campaign-material     get  no-material         404   404   404   404   404   404   404   404   403   403   login
commendations         get  -                   200   200   200   200   200   200   403   403   403   403   login
commendation-give     post -                   422   422   403   403   403   403   403   403   403   403   login
commendations-export  get  -                   200   200   200   200   200   200   403   403   403   403   login
import             get  -             200    403   403    200   403   403   403   403   403  403  login
import-template    get  -             200    403   403    200   403   403   403   403   403  403  login
upload             get  own-upload    200    403   403    200   403   403   403   403   403  403  login
upload             get  others-upload 200    403   403    404   403   403   403   403   403  403  login
upload-findings    get  own-upload    200    403   403    200   403   403   403   403   403  403  login
upload-findings    get  others-upload 200    403   403    404   403   403   403   403   403  403  login
upload-apply       post own-upload    away   403   403    away  403   403   403   403   403  403  login
upload-apply       post others-upload away   403   403    404   403   403   403   403   403  403  login
upload-discard     post own-upload    away   403   403    away  403   403   403   403   403  403  login
upload-discard     post others-upload away   403   403    404   403   403   403   403   403  403  login
documents          get  -              200   200   200   200   200   200   200   403   403   403   login
documents-export   get  -              200   200   200   200   200   200   200   403   403   403   login
document           get  own-document   200   404   404   200   404   200   404   404   404   404   login
document           get  others-document 200  404   404   404   404   200   404   404   404   404   login
document           get  house-document 200   200   404   200   200   200   404   404   404   404   login
document-file      get  own-document   200   404   404   200   404   200   404   404   404   404   login
document-file      get  others-document 200  404   404   404   404   200   404   404   404   404   login
document-word      get  own-word       403   403   403   200   403   403   403   403   403   403   login
document-word      get  others-word    403   404   403   404   403   403   403   403   403   403   login
document-word      get  no-word        403   403   403   404   403   403   403   403   403   403   login
document-issue     post -              403   403   403   away  403   403   403   403   403   403   login
document-replace   post own-document   403   404   403   away  403   403   403   403   403   403   login
document-replace   post others-document 403  404   403   404   403   403   403   403   403   403   login
document-withdraw  post own-document   403   404   403   away  403   403   403   403   403   403   login
document-withdraw  post others-document 403  404   403   404   403   403   403   403   403   403   login
document-batch     get  -              403   403   403   200   403   403   403   403   403   403   login
document-print     get  A2-print       403   403   403   200   403   403   403   403   403   403   login
document-print     get  B1-print       403   403   403   404   403   403   403   403   403   403   login
document-numbers   get  -              200   200   403   200   403   403   403   403   403   403   login
document-templates get  -              200   200   403   200   403   403   403   403   403   403   login
document-template  get  a-template     200   200   403   200   403   403   403   403   403   403   login
document-template  get  no-template    404   404   403   404   403   403   403   403   403   403   login
document-template-file get packaged    200   200   403   200   403   403   403   403   403   403   login
document-template-file get no-version  404   404   403   404   403   403   403   403   403   403   login
document-template-preview get packaged 200   200   403   200   403   403   403   403   403   403   login
document-template-preview get no-version 404 404   403   404   403   403   403   403   403   403   login
document-template-picture get a-page   200   200   403   200   403   403   403   403   403   403   login
document-template-picture get no-page  404   404   403   404   403   403   403   403   403   403   login
document-template-choose post packaged 409   409   403   409   403   403   403   403   403   403   login
document-template-choose post no-version 404 404   403   404   403   403   403   403   403   403   login
verify             get  -              200   200   200   200   200   200   200   200   200   200   200
verification       get  its-code       200   200   200   200   200   200   200   200   200   200   200
verification       get  no-code        404   404   404   404   404   404   404   404   404   404   404
api-docs           get  -             200    200   200    200   200   200   200   200   200   200  200
api-description    get  -             200    200   200    200   200   200   200   200   200   200  200
api-unknown        get  no-operation  404    404   404    404   404   404   404   404   404   404  404
api-unknown        get  no-operation-there 404 404 404    404   404   404   404   404   404   404  404
api-tokens         get  -             200    200   200    200   200   200   200   200   403   403  login
api-token-create   post -             200    200   200    200   200   200   200   200   403   403  login
api-token-revoke   post own-token     404    404   404    away  404   404   404   404   403   403  login
api-token-revoke   post others-token  404    404   404    404   404   404   404   404   403   403  login
api-me             get  -             200    200   200    200   200   200   200   200   401   401  401
api-buildings      get  -             200    200   200    200   200   200   200   200   401   401  401
api-building       get  A1            200    404   200    200   404   200   200   404   401   401  401
api-building       get  B1            200    404   404    404   404   200   404   200   401   401  401
api-building-flats get  A1            200    404   200    200   404   200   200   404   401   401  401
api-building-flats get  B1            200    404   404    404   404   200   404   200   401   401  401
api-flats          get  -             200    200   200    200   200   200   200   200   401   401  401
api-plan                  get  -               200   200   200   200   200   200   403   403   401   401   401
api-plan-buildings        get  -               200   200   200   200   200   200   403   403   401   401   401
api-annual-plans          get  -               200   200   200   200   200   200   403   403   401   401   401
api-annual-plan-buildings get  own-draft       200   404   404   200   404   404   403   403   401   401   401
api-annual-plan-buildings get  others-filed    200   404   404   404   404   404   403   403   401   401   401
api-projects              get  -               200   200   200   200   200   200   200   200   401   401   401
api-project               get  A1              200   404   200   200   404   200   200   404   401   401   401
api-project               get  B1              200   404   404   404   404   200   404   200   401   401   401
api-cases                 get  -               200   200   200   200   200   200   200   200   401   401   401
api-documents             get  -               200   200   200   200   200   200   200   403   401   401   401
api-document              get  own-document    200   404   404   200   404   200   404   403   401   401   401
api-document              get  others-document 200   404   404   404   404   200   404   403   401   401   401
api-document-file         get  own-document    200   404   404   200   404   200   404   403   401   401   401
api-document-file         get  others-document 200   404   404   404   404   200   404   403   401   401   401
api-building-changes      post -               200   403   403   200   403   403   403   403   401   401   401
api-flat-changes          post -               200   403   403   200   403   403   403   403   401   401   401
api-fee-collection        post -               403   403   403   200   403   403   403   403   401   401   401
api-flat-fees             post -               403   403   403   200   403   403   403   403   401   401   401
api-temperatures          get  -               200   200   403   200   403   403   403   403   401   401   401
api-temperatures          post -               403   403   403   200   403   403   403   403   401   401   401
api-meters                get  -               200   200   403   200   403   403   403   403   401   401   401
api-meter-readings        post -               403   403   403   409   403   403   403   403   401   401   401
api-accounts              get  -               200   200   200   200   200   403   403   403   401   401   401
api-heat-bills            get  -               200   200   200   200   200   403   403   403   401   401   401
api-payments              post -               403   403   403   200   403   403   403   403   401   401   401
api-webhooks              get  -               200   200   200   200   200   200   200   200   403   403   login
api-webhook-create        post -               422   422   422   422   422   422   422   422   403   403   login
api-webhook               get  own-webhook     404   404   404   200   404   404   404   404   403   403   login
api-webhook               get  others-webhook  404   404   404   404   404   404   404   404   403   403   login
api-webhook-renew         post own-webhook     404   404   404   200   404   404   404   404   403   403   login
api-webhook-renew         post others-webhook  404   404   404   404   404   404   404   404   403   403   login
api-webhook-act           post own-webhook-try 404   404   404   away  404   404   404   404   403   403   login
api-webhook-act           post others-webhook-try 404 404  404   404   404   404   404   404   403   403   login
api-webhook-act           post own-webhook-end 404   404   404   away  404   404   404   404   403   403   login
api-webhook-act           post others-webhook-end 404 404  404   404   404   404   404   404   403   403   login
api-webhook-act           post own-webhook-sing 404  404   404   404   404   404   404   404   403   403   login
api-webhook-act           post others-webhook-sing 404 404 404   404   404   404   404   404   403   403   login
api-delivery-replay       post own-delivery    404   404   404   away  404   404   404   404   403   403   login
api-delivery-replay       post others-delivery 404   404   404   404   404   404   404   404   403   403   login
job-go-on          post own-job        409   404   404   409   404   404   404   404   404   404   login
job-go-on          post others-job     409   404   404   404   404   404   404   404   404   404   login
job                get  own-job       200    404   404    200   404   404   404   404   404  404  login
job                get  others-job    200    404   404    404   404   404   404   404   404  404  login
job-cancel         post own-job       away   404   404    away  404   404   404   404   404  404  login
job-cancel         post others-job    away   404   404    404   404   404   404   404   404  404  login
assumptions        get  -             200    200   200    200   200   200   200   200   200  200  200
journal            get  -             200    200   200    200   200   200   200   200   403  403  login
journal-export     get  -             200    200   200    200   200   200   200   200   403  403  login
persons            get  -             200    403   403    200   403   403   403   403   403  403  login
retention          get  -             200    403   403    200   403   403   403   403   403  403  login
person             get  own-flat      200    403   403    200   403   403   403   403   403  403  login
person             get  others-flat   200    403   403    404   403   403   403   403   403  403  login
person-export      post own-flat      200    403   403    200   403   403   403   403   403  403  login
person-export      post others-flat   200    403   403    404   403   403   403   403   403  403  login
person-erase       post own-flat      away   403   403    away  403   403   403   403   403  403  login
person-erase       post others-flat   away   403   403    404   403   403   403   403   403  403  login
search             get  -             200    200   200    200   200   200   200   200   200  200  login
search-suggest     get  -             200    200   200    200   200   200   200   200   200  200  login
my-flat            get  -             403    403   403    403   403   403   403   403   200  403  login
flat-page          get  its-link          200 200 200 200 200 200 200 200 200 200 200
flat-page          get  no-link           404 404 404 404 404 404 404 404 404 404 404
flat-page          post its-link          away away away away away away away away away away away
flat-page          post no-link           404 404 404 404 404 404 404 404 404 404 404
flat-screen        get  its-link-people   200 200 200 200 200 200 200 200 200 200 200
flat-screen        get  no-link-people    404 404 404 404 404 404 404 404 404 404 404
flat-screen        post its-link-consent  200 200 200 200 200 200 200 200 200 200 200
flat-screen        post no-link-consent   404 404 404 404 404 404 404 404 404 404 404
flat-photo         get  its-link-photo    404 404 404 404 404 404 404 404 404 404 404
flat-photo         get  no-link-photo     404 404 404 404 404 404 404 404 404 404 404
flat-file          get  its-link-file     404 404 404 404 404 404 404 404 404 404 404
flat-file          get  no-link-file      404 404 404 404 404 404 404 404 404 404 404
my-flat-file       get  own-flat-file     403 403 403 403 403 403 403 403 200 403 login
my-flat-file       get  others-flat-file  403 403 403 403 403 403 403 403 404 403 login
my-flat-page       get  own-flat          403 403 403 403 403 403 403 403 200 403 login
my-flat-page       get  others-flat       403 403 403 403 403 403 403 403 404 403 login
my-flat-screen     get  own-flat-money    403 403 403 403 403 403 403 403 200 403 login
my-flat-screen     get  others-flat-money 403 403 403 403 403 403 403 403 404 403 login
my-flat-screen     post own-flat-report   403 403 403 403 403 403 403 403 away 403 login
my-flat-screen     post others-flat-report 403 403 403 403 403 403 403 403 404 403 login
my-flat-photo      get  own-flat-photo    403 403 403 403 403 403 403 403 200 403 login
my-flat-photo      get  others-flat-photo 403 403 403 403 403 403 403 403 404 403 login
flat-pages         get  A1                200 403 403 200 403 200 403 403 403 403 login
flat-pages         get  B1                200 403 403 404 403 200 403 403 403 403 login
flat-pages-act     post A1-flat-revoke    403 403 403 away 403 away 403 403 403 403 login
flat-pages-act     post B1-flat-revoke    403 403 403 404 403 away 403 403 403 403 login
flat-pages-act     post A1-flat-phone     403 403 403 away 403 away 403 403 403 403 login
flat-pages-act     post B1-flat-phone     403 403 403 404 403 away 403 403 403 403 login
flat-pages-act     post A1-flat-number    403 403 403 409 403 409 403 403 403 403 login
flat-pages-act     post B1-flat-number    403 403 403 404 403 409 403 403 403 403 login
flat-pages-act     post A1-flat-answer    403 403 403 404 403 404 403 403 403 403 login
flat-pages-act     post B1-flat-answer    403 403 403 404 403 404 403 403 403 403 login
flat-slips         post A1                403 403 403 200 403 200 403 403 403 403 login
flat-slips         post B1                403 403 403 404 403 200 403 403 403 403 login
declaration        get  own-declared      200 403 403 200 403 200 403 403 403 403 login
declaration        get  others-declared   200 403 403 404 403 200 403 403 403 403 login
case-photo         get  own-case-photo    200 404 403 200 404 200 200 404 403 403 login
case-photo         get  others-case-photo 200 404 403 404 404 200 404 200 403 403 login
health             get  -             200    200   200    200   200   200   200   200   200  200  200
ready              get  -             503    503   503    503   503   503   503   503   503  503  503
metrics            get  -             404    404   404    404   404   404   404   404   404  404  404
tour               get  -             404    404   404    404   404   404   404   404   404  404  login
tour-act           post a-tour        404    404   404    404   404   404   404   404   404  404  login
tour-act           post a-tour-closed 404    404   404    404   404   404   404   404   404  404  login
design-system      get  -             200    200   200    200   200   200   200   200   403  403  login
design-fault       get  a-fault       200    200   200    200   200   200   200   200   403  403  login
design-fault       get  no-fault      404    404   404    404   404   404   404   404   403  403  login
help               get  -             200    200   200    200   200   200   200   200   200  200  200
help-page          get  money-help    200    200   200    200   200   200   200   200   200  200  200
help-page          get  no-help       404    404   404    404   404   404   404   404   404  404  404
"""
ROWS = rows_of(TABLE)
PAGES = [row for row in ROWS if row.method == "get"]
FORMS = [row for row in ROWS if row.method == "post"]

# Whose names and phones a role reads whole, by building; a household reads those of its own flat.
CLEAR = {
    Role.CITY_BUREAU: {"A1", "A2", "B1"}, Role.HEAT_SUPPLIER: {"A1", "A2"},
    Role.COMMUNITY: {"A1", "A2", "B1"},
}  # fmt: skip


@contextmanager
def undone():
    """Undo in the end whatever was written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """Build the city once for all rows: it takes longer than the walk of one."""
    files = tmp_path_factory.mktemp("city")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), undone():
        yield City(everybody()), files


@pytest.fixture
def city(built, django_db_blocker, settings):
    found, settings.MEDIA_ROOT = built
    settings.DATA_DIR = settings.MEDIA_ROOT  # where no worker is heard of
    with django_db_blocker.unblock(), undone():
        yield found


def test_every_address_has_a_row():
    assert set(every_name()) == {row.name for row in ROWS}


def test_every_row_of_one_thing_has_one_of_somebody_else():
    for name in {row.name for row in ROWS}:
        whats = [row.what for row in ROWS if row.name == name]
        assert whats == ["-"] or len(whats) > 1, name


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_every_form_answers_everybody_as_the_table_says(city, row):
    assert {reader: city.ask(row, reader).outcome for reader in READERS} == row.answers


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_every_page_answers_as_the_table_says_and_tells_no_strangers_name_or_phone(city, row):
    answers = {reader: city.ask(row, reader) for reader in READERS}
    assert {reader: answer.outcome for reader, answer in answers.items()} == row.answers
    told = []
    for reader, answer in answers.items():
        hidden = [
            flat for flat in Flat.objects.select_related("building") if not reads_whole(city, reader, flat)
        ]
        told += [
            (reader, word)
            for flat in hidden
            for word in (flat.owner_name, flat.phone)
            if word in answer.words
        ]
    assert told == []


def reads_whole(city, reader, flat):
    if reader == Role.HOUSEHOLD:
        return city.people[reader].grants.get().flat == flat
    return flat.building.code in CLEAR.get(reader, ())


@pytest.mark.parametrize("role", [Role.DISTRICT_GOV, Role.HEAT_SUPPLIER])
def test_a_building_page_names_its_people_whole_only_to_those_who_need_them(city, role):
    (page,) = [row for row in PAGES if (row.name, row.what) == ("building", "A2")]
    flat = Flat.objects.filter(building__code="A2").first()
    words = city.ask(page, role.value).words
    assert (flat.phone in words) == (role is Role.HEAT_SUPPLIER)
    assert ("000****" in words) == (role is Role.DISTRICT_GOV)


@pytest.mark.parametrize("row", [row for row in FORMS if row.name not in OPERATIONS], ids=str)
def test_no_form_is_taken_from_a_foreign_page(city, row):
    client = Client(enforce_csrf_checks=True)
    client.force_login(city.people[Role.CITY_BUREAU], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse(row.name, kwargs=city.objects[row.what])).status_code == 403


def test_the_public_gets_what_is_published_and_a_calendar_or_a_flat_by_its_secret_address():
    seen = {row.name for row in ROWS if row.answers[PUBLIC] == "200"}
    portal = {one.name for one in portal_urls.urlpatterns} - {"public-language"}
    assert seen == {
        "front",
        "login",
        "assumptions",
        "health",
        "calendar",
        "flat-page",
        "flat-screen",
        "verify",
        "verification",
        "help",
        "help-page",
        "api-docs",
        "api-description",
        *portal,
    }
